/** The override that puts a backbone into a config, before it is known which levels come and what neck and head are told of them. */
import { posix } from 'node:path';
import { customImports } from '../config/custom-imports.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import { repr } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import type { Dict } from '../python/types/dict.ts';
import type { BackboneType } from './backbone-type.ts';
import { WANTS_ADAMW } from './customary.ts';
import type { Override } from './override-text.ts';
import { weightsOf } from './weights.ts';

/** `old`: the backbone that goes. */
export function draftOf(project: Project, config: ResolvedConfig, old: Dict, type: BackboneType, scope: string): Override {
  const { entry, args, written } = type;
  const given = [...old.entries.values()].map(e => [String(plain(e.key)), e.value] as const).filter(([name]) => name !== 'type');
  const takes = (name: string): boolean => entry.parameters.some(p => p.name === name);
  // Of one family: what the base says of widths and layers is meant for the new one as well.
  const kin = !entry.open && given.every(([name]) => takes(name) && name !== 'init_cfg' && name !== 'out_indices');
  const carried = given.filter(([name]) => !kin && (name === 'deepen_factor' || name === 'widen_factor') && takes(name) && !args.has(name));
  const needed = project.registry.importFor(entry, scope);
  const inherited = customImports(config) ?? [],
    imports = [...new Set([...inherited, ...(needed === null ? [] : [needed])])];
  const lazy = config.style === 'lazy',
    name = posix.basename(config.file).slice(0, -'.py'.length);
  return {
    base: lazy ? `.${name}` : `./${name}.py`,
    style: lazy ? 'lazy' : 'text',
    title: `${name} with ${modelName(type) ?? written} as its backbone.`,
    imports: imports.length > inherited.length ? imports : [],
    replaces: !kin,
    backbone: new Map([['type', `'${written}'`], ...carried.map(([key, v]): [string, string] => [key, repr(v)]), ...args]),
    weights: args.has('init_cfg') || !takes('init_cfg') ? null : weightsOf(project, type),
    parts: [],
    rows: [],
    notes: WANTS_ADAMW.test(modelName(type) ?? written)
      ? ['A network of this kind is customarily trained with AdamW and a lower rate than the base has.']
      : [],
  };
}

/** Where the config is written that has the given one for its base: beside it. */
export const fileBeside = (file: string, type: BackboneType): string =>
  `${file.slice(0, -'.py'.length)}_${(modelName(type) ?? type.written).replace(/[^A-Za-z0-9]+/g, '-').toLowerCase()}.py`;

/** Of a library of many models, the one. */
const modelName = ({ args }: BackboneType): string | undefined => args.get('model_name')?.slice(1, -1);
