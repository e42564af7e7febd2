/** Puts another backbone under a config's neck and head, as MMYOLO's guide "Replace the backbone network" does by hand, and shows nothing that has not run. */
import { posix } from 'node:path';
import { customImports } from '../config/custom-imports.ts';
import { valueAt } from '../config/origins.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Project } from '../project/project.ts';
import { repr } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import type { Edit } from '../rules/diagnostic.ts';
import { declaredStrides } from '../rules/fit/candidates.ts';
import { numbersFrom, textFrom } from '../rules/fit/plain.ts';
import { type BackboneType, backboneType } from './backbone-type.ts';
import { chooseLevels } from './choose-levels.ts';
import { WANTS_ADAMW } from './customary.ts';
import { editsInPlace } from './edits-in-place.ts';
import { fits, headsToFit, type PartChange, waysToFit } from './fit-parts.ts';
import { laid } from './laid.ts';
import { type Level, levelsOf } from './levels.ts';
import { type Override, overrideText } from './override-text.ts';
import { weightsOf } from './weights.ts';

export interface Wish {
  /** The config whose backbone goes, absolute. */
  readonly file: string;
  /** `mmdet.ResNet`, or `timm/efficientnet_b1`. */
  readonly type: string;
  /** Arguments of the backbone, Python's text each. */
  readonly set: ReadonlyMap<string, string>;
}
export type Replacement =
  | {
      readonly kind: 'replaced';
      /** A config of its own, with the given one as its base; beside it. */
      readonly file: string;
      readonly text: string;
      /** The same as edits of the config itself; null where its form does not allow them, or they do not run. */
      readonly edits: readonly Edit[] | null;
      /** The levels that were chosen, finest first. */
      readonly levels: readonly Level[];
      /** Of the model as it was written. */
      readonly verdict: Verdict;
    }
  /** `reason`: a sentence without its full stop. */
  | { readonly kind: 'refused'; readonly reason: string };

export function replaceBackbone(project: Project, { file, type: asked, set }: Wish): Replacement {
  const config = project.config(file),
    scope = textFrom(config.value.get('default_scope')) ?? 'mmengine',
    old = valueAt(config, ['model', 'backbone']);
  if (!config.ok) return refused(`the config itself cannot be read: ${config.problems[0]?.message ?? ''}`);
  if (!(old instanceof Dict)) return refused('the config’s model has no backbone');
  if (!file.endsWith('.py')) return refused('only configs in Python can be a base of what is written');
  const found = backboneType(project, scope, asked, set);
  if (found.kind === 'refused') return found;
  const { type } = found;
  const strides = stridesWanted(project, config);
  if (!strides)
    return refused('at which strides the neck expects its levels is not known: neither does the model run, nor does its head say it');

  const draft = draftOf(project, config, old, type, scope);
  const beside = `${file.slice(0, -'.py'.length)}_${nameOf(type)}.py`;
  const size = sizeFor(strides);
  const levels = levelsOf(type.choice, size, further =>
    laid(
      project,
      beside,
      overrideText({ ...draft, backbone: new Map([...draft.backbone, ...further]) }),
      resolved => project.models?.backbone({ config: resolved, size }) ?? { kind: 'unknown', reason: 'models are not run here' },
    ),
  );
  if (levels.kind === 'none') return refused(`${type.written} cannot stand before this neck: ${levels.reason}`);
  const chosen = chooseLevels(levels.levels, strides);
  if (typeof chosen === 'number' || (!levels.chosen && chosen.length !== levels.levels.length)) {
    const given = [...new Set(levels.levels.map(l => l.stride))].join(', ');
    const lacks = typeof chosen === 'number' ? 'the neck expects' : 'all of them come, and the neck expects';
    return refused(`${type.written} gives levels at the strides ${given}; ${lacks} ${strides.join(', ')}`);
  }
  const indices = `(${chosen.map(l => l.index).join(', ')}${chosen.length === 1 ? ',' : ''})`;
  if (levels.chosen && indices !== type.entry.parameters.find(p => p.name === 'out_indices')?.default)
    draft.backbone.set('out_indices', indices);
  return fitted(project, config, draft, beside, chosen, type);
}

/** Tries what neck and head may be told, and answers with the first that runs. */
function fitted(
  project: Project,
  config: ResolvedConfig,
  draft: Override,
  beside: string,
  levels: readonly Level[],
  type: BackboneType,
): Replacement {
  let last: Verdict | null = null;
  const replaced = (done: Override, verdict: Verdict): Replacement => ({
    kind: 'replaced',
    file: beside,
    text: overrideText(done),
    edits: editsInPlace(project, config, done),
    levels,
    verdict,
  });
  for (const way of waysToFit(
    config,
    levels.map(l => l.channels),
  )) {
    const first = run(project, beside, { ...draft, parts: way });
    if (!first) continue;
    last = first.verdict;
    if (fits(first.config, first.verdict)) return replaced({ ...draft, parts: way }, first.verdict);
    const heads = headsToFit(first.config, first.verdict);
    if (!heads.length) continue;
    const parts = [...way.filter(p => !heads.some(h => same(h, p))), ...heads];
    const second = run(project, beside, { ...draft, parts });
    if (second && fits(second.config, second.verdict)) return replaced({ ...draft, parts }, second.verdict);
  }
  const why = last?.unknown ?? last?.error?.message ?? last?.error?.type ?? '';
  return refused(
    last?.ok === null
      ? `whether ${type.written} fits is not known: ${why}`
      : `no channels were found with which neck and head take ${type.written}${why ? `: ${why}` : ''}`,
  );
}

const same = (a: PartChange, b: PartChange): boolean => a.path.join() === b.path.join();
const refused = (reason: string): Replacement => ({ kind: 'refused', reason });

function run(project: Project, file: string, draft: Override): { readonly config: ResolvedConfig; readonly verdict: Verdict } | null {
  return laid(project, file, overrideText(draft), config => {
    const verdict = config.ok ? project.models?.verdict({ config }) : null;
    return verdict ? { config, verdict } : null;
  });
}

/** Strides at which the neck takes its levels: those that the backbone gave while all was well, here or in the base; else what the head was told. */
function stridesWanted(project: Project, config: ResolvedConfig): readonly number[] | null {
  for (const file of [config.file, ...config.chain.filter(f => f !== config.file)]) {
    const verdict = project.verdict(file);
    const strides = verdict?.ok ? verdict.strides.backbone : undefined;
    if (strides?.length) return strides;
  }
  const declared = declaredStrides(config)?.strides,
    levels = numbersFrom(valueAt(config, ['model', 'neck', 'in_channels']))?.length;
  return declared && (levels === undefined || declared.length === levels) ? declared : null;
}

/** A picture that each stride divides, and that is not so small that a deep map ends at one pixel. */
const sizeFor = (strides: readonly number[]): readonly [number, number] => {
  const side = Math.max(224, 4 * Math.max(...strides));
  const whole = Math.ceil(side / 32) * 32;
  return [whole, whole];
};

/** The override without its levels. */
function draftOf(
  project: Project,
  config: ResolvedConfig,
  old: Dict,
  type: BackboneType,
  scope: string,
): Override & { readonly backbone: Map<string, string> } {
  const { entry, args, written } = type;
  const given = [...old.entries.values()].map(e => [String(plain(e.key)), e.value] as const).filter(([name]) => name !== 'type');
  const takes = (name: string): boolean => entry.parameters.some(p => p.name === name);
  // Of one family: what the base says of widths and layers is meant for the new one as well.
  const kin = !entry.open && given.every(([name]) => takes(name) && name !== 'init_cfg' && name !== 'out_indices');
  const carried = given.filter(([name]) => !kin && (name === 'deepen_factor' || name === 'widen_factor') && takes(name) && !args.has(name));
  const backbone = new Map([['type', `'${written}'`], ...carried.map(([name, v]): [string, string] => [name, repr(v)]), ...args]);
  const needed = project.registry.importFor(entry, scope);
  const inherited = customImports(config) ?? [],
    imports = [...new Set([...inherited, ...(needed === null ? [] : [needed])])];
  const lazy = config.style === 'lazy',
    name = posix.basename(config.file);
  return {
    base: lazy ? `.${name.slice(0, -'.py'.length)}` : `./${name}`,
    style: lazy ? 'lazy' : 'text',
    title: `${name.slice(0, -'.py'.length)} with ${args.get('model_name')?.slice(1, -1) ?? written} as its backbone.`,
    imports: imports.length > inherited.length ? imports : [],
    replaces: !kin,
    backbone,
    weights: args.has('init_cfg') || !takes('init_cfg') ? null : weightsOf(project, type),
    parts: [],
    notes: WANTS_ADAMW.test(args.get('model_name') ?? written)
      ? ['A network of this kind is customarily trained with AdamW and a lower rate than the base has.']
      : [],
  };
}

const nameOf = ({ written, args }: BackboneType): string =>
  (args.get('model_name')?.slice(1, -1) ?? written).replace(/[^A-Za-z0-9]+/g, '-').toLowerCase();
