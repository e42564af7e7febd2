/** A wish looked into: which levels the new backbone has at the strides that the neck expects, found by running it alone. */

import { textFrom } from '../config/from-value.ts';
import { valueAt } from '../config/origins.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { BackboneAnswer } from '../model/run.ts';
import type { Project } from '../project/project.ts';
import { Recent } from '../project/recent.ts';
import { Versioned } from '../project/versioned.ts';
import { Dict } from '../python/types/dict.ts';
import { type BackboneType, backboneType, type Refused } from './backbone-type.ts';
import { chooseLevels } from './choose-levels.ts';
import { draftOf, fileBeside } from './draft.ts';
import { laid } from './laid.ts';
import { indicesText, type Level, type Levels, levelsOf } from './levels.ts';
import { type Override, overrideText } from './override-text.ts';
import { stridesWanted } from './strides-wanted.ts';

export interface Wish {
  /** The config whose backbone goes, absolute. */
  readonly file: string;
  /** `mmdet.ResNet`, or `timm/efficientnet_b1`. */
  readonly type: string;
  /** Arguments of the backbone, Python's text each. */
  readonly set: ReadonlyMap<string, string>;
}
export const refused = (reason: string): Refused => ({ kind: 'refused', reason });

export interface Chosen {
  readonly kind: 'chosen';
  readonly config: ResolvedConfig;
  readonly type: BackboneType;
  /** The config that would be written. */
  readonly file: string;
  /** At which it was run alone. */
  readonly size: Size;
  /** Likeliest first; each with the backbone asked for just these levels. */
  readonly choices: readonly { readonly levels: readonly Level[]; readonly draft: Override }[];
}

type Size = readonly [width: number, height: number];

export function chosenLevels(project: Project, { file, type: asked, set }: Wish): Chosen | Refused {
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
  const beside = fileBeside(file, type);
  const size = ownSize(project, file, strides);
  const { levels, draft } = measured(project, { beside, scope, type }, draftOf(project, config, old, type, scope), size);
  if (levels.kind === 'none') return refused(`${asked} cannot stand before this neck: ${levels.reason}`);
  const choices = chooseLevels(levels.levels, strides);
  if (typeof choices === 'number' || (!levels.brackets && choices[0]?.length !== levels.levels.length)) {
    const given = [...new Set(levels.levels.map(l => l.stride))];
    const lacks = typeof choices === 'number' ? 'the neck expects' : 'all of them come, and the neck expects';
    const gives =
      levels.levels.length === 1
        ? `one level at the stride ${given.join()}`
        : `levels at the stride${given.length > 1 ? 's' : ''} ${given.join(', ')}`;
    return refused(`${asked} gives ${gives}; ${lacks} ${strides.join(', ')}`);
  }
  return {
    kind: 'chosen',
    config,
    type,
    file: beside,
    size,
    choices: choices.map(some => ({ levels: some, draft: asking(draft, type, levels, some) })),
  };
}

/** The draft with its choice of levels, where they are not those that come by themselves. */
function asking(
  draft: Override,
  { choice, entry }: BackboneType,
  { brackets }: Extract<Levels, { kind: 'levels' }>,
  levels: readonly Level[],
): Override {
  if (choice.kind === 'fixed' || !brackets) return draft;
  const text = indicesText(
    levels.map(l => l.index),
    brackets,
  );
  const standard = entry.parameters.find(p => p.name === choice.name)?.default;
  return text === standard ? draft : { ...draft, backbone: new Map([...draft.backbone, [choice.name, text]]) };
}

/** A size at which each stride divides the picture; the config's own is mostly one. */
function ownSize(project: Project, file: string, strides: readonly number[]): Size {
  const [width, height] = project.verdict(file)?.size ?? [640, 640];
  const whole = 2 * Math.max(32, ...strides);
  const up = (side: number): number => Math.max(2 * whole, Math.ceil(side / whole) * whole);
  return [up(width), up(height)];
}

interface Candidate {
  readonly beside: string;
  readonly scope: string;
  readonly type: BackboneType;
}
interface Measured {
  readonly levels: Levels;
  readonly draft: Override;
}

/** Arguments by which a network may be made to take the config's pictures and give maps, tried where it does not by itself. */
function measured(project: Project, of: Candidate, draft: Override, size: Size): Measured {
  const { type } = of;
  const isTimm = type.entry.name === 'TIMMBackbone';
  const take = (more: readonly (readonly [string, string])[], at: Size): Measured => {
    const further = { ...draft, backbone: new Map([...draft.backbone, ...more]) };
    return { levels: levelsKnown(project, of, further, at), draft: further };
  };
  const plain = take([], size);
  if (plain.levels.kind !== 'none') return plain;
  const { reason } = plain.levels;
  const tried: (readonly [string, string])[] = [];
  if (isTimm && /channels last/.test(reason)) tried.push(['feature_cls', "'getter'"]);
  const asks = type.entry.parameters.find(p => p.name === 'img_size');
  if (/fails with/.test(reason) && !type.args.has('img_size') && (isTimm || asks)) {
    const [width, height] = size;
    tried.push(['img_size', width === height && !/^[[(]/.test(asks?.default ?? '') ? String(width) : `(${height}, ${width})`]);
  }
  if (!tried.length) return smaller(plain, take([], SMALL), size);
  let last = take(tried, size);
  if (last.levels.kind === 'none' && isTimm && /channels last/.test(last.levels.reason))
    last = take([...tried, ['feature_cls', "'getter'"]], size);
  return last.levels.kind === 'none' ? smaller(plain, take([], SMALL), size) : last;
}

/** What classifiers are trained at. */
const SMALL: Size = [224, 224];

/** Of what fails at the config's own size it is said whether it is the size. */
function smaller(plain: Measured, small: Measured, [width, height]: Size): Measured {
  if (plain.levels.kind !== 'none' || small.levels.kind === 'none') return plain;
  const reason = plain.levels.reason.replace(
    `by itself, at ${width} × ${height}, it fails`,
    `it runs at ${SMALL.join(' × ')}, but at the config’s ${width} × ${height} it fails`,
  );
  return { ...plain, levels: { kind: 'none', reason } };
}

/** What backbones gave, until a file changes that made them. */
const known = new WeakMap<Project, Recent<string, Versioned<Levels>>>();
const RECENT = 400;

function levelsKnown(project: Project, { beside, scope, type: { choice } }: Candidate, draft: Override, size: Size): Levels {
  const { models, host } = project;
  const kept = known.get(project) ?? new Recent<string, Versioned<Levels>>(RECENT);
  known.set(project, kept);
  // Which of the workspace's own types are meant depends on where the config is.
  const key = JSON.stringify([
    beside.slice(0, beside.lastIndexOf('/')),
    draft.replaces || draft.base,
    scope,
    draft.imports,
    [...draft.backbone],
    size,
  ]);
  const before = kept.get(key);
  if (before?.holds(host)) return before.value;
  const read = new Set<string>();
  let cancelled = false;
  const levels = levelsOf(choice, size, further => {
    const answer = laid(
      project,
      beside,
      overrideText({ ...draft, backbone: new Map([...draft.backbone, ...further]) }),
      (resolved): BackboneAnswer =>
        models?.backbone({ config: resolved, size }) ?? { kind: 'unknown', reason: 'models are not run here', read: [] },
    );
    for (const one of answer.read) read.add(one);
    cancelled ||= answer.kind === 'unknown' && answer.reason === 'cancelled';
    return answer;
  });
  if (!cancelled) kept.set(key, new Versioned(host, levels, read));
  return levels;
}
