/** What is certain of a config's model where the libraries' sources are missing: the backbone's channels by bundled facts, against a neck whose rule is known. */
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import { backboneFacts, bundledFacts } from './backbone-facts.ts';
import type { ModelInput } from './input.ts';
import type { Mismatch, ModelError } from './verdict.ts';

export interface TableVerdict {
  /** Channels and strides of the backbone's outputs; null where they are not known. */
  readonly backbone: { readonly channels: readonly number[]; readonly strides: readonly (number | null)[] } | null;
  readonly mismatches: readonly Mismatch[];
  /** Whether the neck's rule is known and the backbone gives maps, so that no mismatch means that the two fit. */
  readonly compared: boolean;
}

export function byTable(input: ModelInput, registry: RegistryIndex): TableVerdict {
  const { model } = input;
  const found =
    model instanceof Dict ? backboneFacts(bundledFacts(), registry, model.get('backbone') ?? null, input.scope ?? 'mmengine') : null;
  if (!found || !(model instanceof Dict)) return { backbone: null, mismatches: [], compared: false };
  const channels = found.taken.map(i => found.channels[i] ?? 0),
    strides = found.taken.map(i => found.strides[i] ?? null);
  const mismatches = neckMismatches(model.get('neck') ?? null, channels, strides, input.size[1]);
  return { backbone: { channels, strides }, mismatches: mismatches ?? [], compared: mismatches !== null && !strides.includes(null) };
}

/** YOLOv5's neck takes level i where `in_channels[i] * widen_factor`, rounded up to a multiple of 8, is what the backbone gives, and asserts as many levels as it was told. Null: another neck, or numbers that are not known. */
function neckMismatches(neck: Value, channels: readonly number[], strides: readonly (number | null)[], height: number): Mismatch[] | null {
  if (!(neck instanceof Dict) || !['YOLOv5PAFPN', 'mmyolo.YOLOv5PAFPN'].includes(String(plain(neck.get('type') ?? null)))) return null;
  const given = neck.get('in_channels') ?? null,
    widen = numberOf(neck.get('widen_factor') ?? 1);
  if (!(given instanceof List || given instanceof Tuple) || widen === null) return null;
  const told = given.items.map(numberOf);
  if (told.some(n => n === null || !Number.isInteger(n))) return null;
  if (told.length !== channels.length)
    return [
      mismatch(
        'levels',
        `the neck takes ${told.length} levels, the backbone gives ${channels.length}`,
        ['neck.in_channels', 'backbone.out_indices'],
        'AssertionError',
        '',
      ),
    ];
  const last = told.length - 1,
    rounded = (n: number): number => Math.ceil((n * widen) / 8) * 8;
  return told.flatMap((n, i): Mismatch[] => {
    // The last level goes straight into a convolution; the others are joined with as much from above, and twice the width is what the next block takes.
    const expected = i === last ? rounded(n ?? 0) : rounded((n ?? 0) * 2) - rounded(n ?? 0),
      got = channels[i] ?? 0,
      stride = strides[i] ?? null;
    if (expected === got) return [];
    const size = stride ? Math.round(height / stride) : null;
    const blame = [`neck.in_channels[${i}]`, ...(neck.get('widen_factor') === undefined ? [] : ['neck.widen_factor']), 'backbone'];
    return [
      {
        ...mismatch(
          'channels',
          `expected input to have ${expected} channels, but got ${got} channels instead`,
          blame,
          'RuntimeError',
          'neck',
        ),
        expected,
        got,
        ...(size && stride && { stride }),
      },
    ];
  });
}

function mismatch(kind: Mismatch['kind'], message: string, blame: readonly string[], type: string, where: string): Mismatch {
  const error: ModelError = { type, message, where: where || 'neck', class: 'YOLOv5PAFPN', at: null, source: null };
  return { kind, error, blame, traceback: [] };
}

function numberOf(v: Value): number | null {
  const p = plain(v);
  return typeof p === 'number' ? p : p instanceof Float ? p.value : null;
}
