/** Checkpoints that a config names, each with the part of the model that it is for (mmengine 0.10.7: `Runner.load_or_resume`, `PretrainedInit`). */
import { itemsFrom } from '../config/from-value.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { type Part, partAt, partsIn } from './part.ts';
import type { Recipe } from './recipe.ts';

export interface NamedCheckpoint {
  /** Of its name. */
  readonly path: ConfigPath;
  readonly name: string;
  /** The part that it is for: `backbone`, `roi_head.bbox_head.0`; empty: the model as a whole. */
  readonly target: string;
  /** The same in the config; null: the model. */
  readonly of: Part | null;
  /** Only names that begin so are taken, without it. */
  readonly prefix: string | null;
  /** `init_cfg` that says it; null: another key does. */
  readonly initial: Part | null;
  /** Whether the training goes on from it, its optimizer's state and all. */
  readonly resumes: boolean;
}

export function checkpointsOf({ top, model }: Pick<Recipe, 'top' | 'model'>): readonly NamedCheckpoint[] {
  const from = top.text('load_from');
  const whole: readonly NamedCheckpoint[] = from
    ? [
        {
          path: ['load_from'],
          name: from,
          target: '',
          of: null,
          prefix: null,
          initial: null,
          resumes: top.flag('resume') === true,
        },
      ]
    : [];
  return [...whole, ...(model ? initials(model, []) : [])];
}

/** Whether something of the recipe is for tensors of the model by their names: then a run of the model has to tell them. */
export const asksForNames = (recipe: Pick<Recipe, 'top' | 'model' | 'optimWrapper'>): boolean =>
  recipe.optimWrapper?.part('paramwise_cfg')?.isGiven('custom_keys') === true ||
  checkpointsOf(recipe).some(({ name }) => !/^[\w+.-]+:/.test(name));

/** `init_cfg` of every part, and the `pretrained` that backbones had before it. */
function initials(part: Part, at: readonly string[]): readonly NamedCheckpoint[] {
  const here = partsIn(part.value('init_cfg'), part.at('init_cfg')).flatMap(initial => ofInitial(part, initial, at.join('.')));
  const before = at.at(-1) === 'backbone' ? part.text('pretrained') : undefined;
  const old: readonly NamedCheckpoint[] = before
    ? [{ path: part.at('pretrained'), name: before, target: at.join('.'), of: part, prefix: null, initial: null, resumes: false }]
    : [];
  return [...here, ...old, ...inside(part).flatMap(({ step, inner }) => (at.length > DEEPEST ? [] : initials(inner, [...at, ...step])))];
}
const DEEPEST = 12;

function ofInitial(part: Part, initial: Part, target: string): readonly NamedCheckpoint[] {
  const name = initial.text('checkpoint');
  const prefix = initial.presence('prefix') === 'given' ? initial.text('prefix') : null;
  if (!name || prefix === undefined || !/^Pretrained(?:Init)?$/.test(initial.typeName ?? '')) return [];
  return [{ path: initial.at('checkpoint'), name, target, of: part, prefix, initial, resumes: false }];
}

/** Dicts in a dict, and in its lists. */
function inside(part: Part): readonly { readonly step: readonly string[]; readonly inner: Part }[] {
  return [...part.dict.entries.values()].flatMap(({ key, value }) => {
    const name = plain(key);
    if (typeof name !== 'string' || NO_PARTS.has(name)) return [];
    const one = partAt(value, part.at(name));
    if (one) return [{ step: [name], inner: one }];
    return (itemsFrom(value) ?? []).flatMap((item, i) => {
      const inner = partAt(item, [...part.at(name), i]);
      return inner ? [{ step: [name, String(i)], inner }] : [];
    });
  });
}
const NO_PARTS = new Set(['init_cfg', 'train_cfg', 'test_cfg', 'data_preprocessor']);
