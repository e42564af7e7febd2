/** What the user asked for, as an entry of the registry: a registered backbone, or a model of timm by its name. */
import type { Project } from '../project/project.ts';
import type { Entry } from '../registry/entry.ts';
import { CUSTOMARY, type Customary, MAKES_MAPS } from './customary.ts';
import type { Choice } from './levels.ts';

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
export type Asked = { readonly kind: 'type'; readonly type: BackboneType } | { readonly kind: 'refused'; readonly reason: string };

/** Libraries that wrap timm, today's first. */
const WRAPPERS = ['mmpretrain', 'mmcls'] as const;

/** `asked`: `mmdet.ResNet`, or `timm/efficientnet_b1`. `set`: arguments by name, Python's text each. */
export function backboneType(project: Project, scope: string, asked: string, set: ReadonlyMap<string, string>): Asked {
  const { registry } = project;
  const model = /^timm[./](.+)$/.exec(asked)?.[1];
  const wrapper = WRAPPERS.find(library => registry.libraries.get(library)?.root !== 'snapshot' && registry.libraries.has(library));
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
      reason: `${written} needs ${lacking.map(l => `\`${l}\``).join(' and ')}: say it with ${lacking.map(l => `--set ${l}=…`).join(' ')}`,
    };
  const choice: Choice = takes('out_indices') ? 'indices' : takes('features_only') ? 'features' : 'fixed';
  return { kind: 'type', type: { written, entry, name, args, customary, choice } };
}
