/** The two sides of a mismatch, in words. */

import { numberFrom, textFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import type { ResolvedConfig } from '../../config/resolved.ts';
import type { Mismatch, Part, Shapes, Verdict } from '../../model/verdict.ts';

/** A part that ran, or what the bundled facts say of it. */
export type Side = Pick<Part, 'name' | 'type' | 'outputs' | 'strides'>;

export function sideOf(verdict: Verdict, name: string): Side | undefined {
  const outputs = verdict.outputs[name];
  const known = outputs === undefined ? undefined : { name, type: null, outputs, strides: verdict.strides[name] ?? [] };
  return verdict.parts.find(p => p.name === name) ?? known;
}

/** Channels of each level that a part puts out. */
export const channelsOf = (part: Side | undefined): readonly number[] => (part ? levels(part.outputs) : []);

function levels(shapes: Shapes): readonly number[] {
  if (!Array.isArray(shapes)) return [];
  const list: readonly (number | Shapes)[] = shapes;
  const [first] = list;
  if (typeof first === 'number') return [first];
  return list.flatMap(s => (typeof s === 'number' ? [] : levels(s)));
}

/** The part a mismatch happened in, and the one before it, whose output came. */
export function sidesOf(
  config: ResolvedConfig,
  verdict: Verdict,
  mismatch: Mismatch,
): { readonly consumer: string | null; readonly producer: Side | undefined } {
  const consumer = mismatch.error.where?.split('.')[0] ?? null;
  if (consumer === 'backbone' || consumer === 'data_preprocessor') return { consumer, producer: undefined };
  const hasNeck = valueAt(config, ['model', 'neck', 'type']) !== undefined;
  // Where the neck failed, nothing is known of what it would have put out.
  if (consumer !== null && consumer !== 'neck' && hasNeck)
    return { consumer, producer: sideOf(verdict, 'neck') ?? { name: 'neck', type: null, outputs: null, strides: [] } };
  return { consumer, producer: sideOf(verdict, 'backbone') };
}

/** `the backbone (mmdet.ResNet, depth 50)`. */
export function told(config: ResolvedConfig, part: Side): string {
  const at = (name: string) => valueAt(config, ['model', ...part.name.split('.'), name]);
  const type = textFrom(at('type')) ?? part.type;
  const depth = numberFrom(at('depth'));
  const arch = textFrom(at('arch')) ?? textFrom(at('model_name'));
  const facts = [type, depth === undefined ? null : `depth ${depth}`, arch ? `${arch}` : null].filter(f => f !== null);
  const name = part.name === 'bbox_head' ? 'head' : part.name;
  return `the ${name}${facts.length ? ` (${facts.join(', ')})` : ''}`;
}
