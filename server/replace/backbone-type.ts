/** What the user asked for, as an entry of the registry: a registered backbone, or a model of timm by its name. */
import type { Project } from '../project/project.ts';
import type { Entry } from '../registry/entry.ts';
import { CUSTOMARY, type Customary, MAKES_MAPS } from './customary.ts';
import type { Choice } from './levels.ts';

/** `reason`: a sentence without its full stop. `lacking`: arguments that must be said. */
export interface Refused {
  readonly kind: 'refused';
  readonly reason: string;
  readonly lacking?: readonly string[];
}

export interface BackboneType {
  /** As it is written after `type=`. */
  readonly written: string;
  readonly entry: Entry;
  /** `mmdet.ResNet`, whatever the scope. */
  readonly name: string;
  /** Arguments, Python's text each: what is customary, and over it what the user set. */
  readonly args: ReadonlyMap<string, string>;
  readonly customary: Customary | null;
  readonly choice: Choice;
}
export type Asked = { readonly kind: 'type'; readonly type: BackboneType } | Refused;

/** Libraries that wrap timm, today's first. */
const WRAPPERS = ['mmpretrain', 'mmcls'] as const;

/** `asked`: `mmdet.ResNet`, or `timm/efficientnet_b1`. `set`: arguments by name, Python's text each. */
export function backboneType(project: Project, scope: string, asked: string, set: ReadonlyMap<string, string>): Asked {
  const { registry } = project;
  const model = /^timm[./:](.+)$/.exec(asked)?.[1];
  const wrapper = timmWrapper(project);
  if (model !== undefined && !wrapper)
    return { kind: 'refused', reason: `${asked} needs MMPretrain, which wraps timm’s models: it is not at hand` };
  const written = model === undefined ? asked : `${wrapper}.TIMMBackbone`;
  const found = registry.lookup(written, scope, 'model');
  if (found.kind !== 'found') {
    const near = found.kind === 'missing' && found.near.length ? `; perhaps ${found.near.slice(0, 3).join(', ')} was meant` : '';
    return {
      kind: 'refused',
      reason: `${found.kind === 'missing' ? `no type ${written} is registered` : `${written} is not known: ${found.reason}`}${near}`,
    };
  }
  const { entry } = found;
  if (entry.role !== null && entry.role !== 'backbone')
    return { kind: 'refused', reason: `${written} is no backbone but a ${entry.role.replaceAll('_', ' ')}` };
  const name = `${entry.scope}.${entry.name}`,
    customary = CUSTOMARY[name] ?? null,
    takes = (parameter: string): boolean => entry.parameters.some(p => p.name === parameter);
  const args = new Map<string, string>();
  if (model !== undefined) args.set('model_name', `'${model}'`);
  for (const [key, value] of Object.entries({ ...customary?.variant, ...customary?.args })) args.set(key, value);
  for (const [key, value] of Object.entries(MAKES_MAPS)) if (takes(key)) args.set(key, value);
  for (const [key, value] of set) args.set(key, value);
  const lacking = entry.parameters.filter(p => p.required && !args.has(p.name)).map(p => p.name);
  if (lacking.length)
    return {
      kind: 'refused',
      reason: `${written} needs ${lacking.map(l => `\`${l}\``).join(' and ')}`,
      lacking,
    };
  return { kind: 'type', type: { written, entry, name, args, customary, choice: choiceOf(entry) } };
}

/** The library that makes a backbone of timm's models; undefined where none is at hand. */
export const timmWrapper = ({ registry }: Project): string | undefined =>
  WRAPPERS.find(library => registry.libraries.has(library) && registry.libraries.get(library)?.root !== 'snapshot');

const isRow = ({ name, default: text }: Entry['parameters'][number]): boolean =>
  /^out_(?!channels)\w+$/.test(name) && /^[[(][\d, ]+[\])]$/.test(text ?? '');

/** By the argument's name, or by one like it whose default is a row of indices: MViT's `out_scales`. */
function choiceOf({ parameters }: Entry): Choice {
  const names = parameters.map(p => p.name);
  if (names.includes('out_indices')) return { kind: 'indices', name: 'out_indices' };
  if (names.includes('features_only')) return { kind: 'features', name: 'out_indices' };
  const alike = parameters.find(p => /^out_(?:scales|levels|stages|layers|ids|idx)$/.test(p.name) || isRow(p));
  return alike ? { kind: 'indices', name: alike.name } : { kind: 'fixed' };
}
