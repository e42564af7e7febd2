/**
 * The learning rate is to be scaled by the size of a batch, and nothing tells for which size it was meant, which is the runner's own assertion (mmengine 0.10.7); or what
 * tells it is not the size that the file with the rate is named for: `_8xb32-`, 8 GPUs of 32 pictures.
 */
import { numberFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { Origin } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import type { Part } from '../recipe/part.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const autoScaleLr: ConfigRule = {
  code: 'auto-scale-lr',
  severity: 'error',
  summary: '`auto_scale_lr` without the batch size that the rate is meant for, or with another',
  needs: 'config',
  check(context) {
    const scaling = isWhole(context.config) ? recipeOf(context.config).top.part('auto_scale_lr') : undefined;
    if (scaling?.flag('enable') !== true) return [];
    const state = scaling.presence('base_batch_size');
    return state === 'absent' || state === 'none' ? withoutSize(context, scaling, state) : otherSize(context, scaling);
  },
};

function withoutSize(context: ConfigContext, scaling: Part, state: 'absent' | 'none'): readonly Finding[] {
  const place = recipePlace(context, [scaling.at('base_batch_size'), scaling.at('enable')]);
  const says =
    state === 'absent'
      ? 'AssertionError: Lack of `base_batch_size` in `auto_scale_lr`.'
      : "TypeError: float() argument must be a string or a real number, not 'NoneType'";
  const message = `\`auto_scale_lr\` is enabled, and has no \`base_batch_size\`: the batch size that the learning rate was chosen for\n${says}`;
  return place ? [{ ...place, message }] : [];
}

/** Only while it is enabled: else the number has no effect, and many keep one that their base brought. */
function otherSize(context: ConfigContext, scaling: Part): readonly Finding[] {
  const { config } = context;
  const recipe = recipeOf(config);
  const base = scaling.number('base_batch_size');
  const optimizer = recipe.optimWrapper?.part('optimizer');
  const rate = optimizer && originAt(config, optimizer.at('lr'))?.value;
  const loader = recipe.loader('train')?.part;
  const named = rate && namedBatch(rate.file);
  if (base === undefined || base <= 0 || !loader || !named) return [];
  // A name that its own file does not keep to tells nothing.
  const batches = sizesOf(context, originAt(config, loader.at('batch_size')));
  const steps = recipe.optimWrapper?.number('accumulative_counts') ?? 1;
  const total = named.gpus * named.batch;
  if (!batches.includes(named.batch) || base === total || base === total * steps) return [];
  const place = recipePlace(context, [scaling.at('base_batch_size'), scaling.at('enable')]);
  const factor = Number((total / base).toPrecision(3));
  return place
    ? [
        {
          ...place,
          severity: 'hint',
          related: [{ site: rate, message: 'the rate is written here' }],
          message: `\`${formatPath(scaling.at('base_batch_size'))}\` is ${base}, and the file that the learning rate is written in is named for ${named.gpus} GPUs of ${named.batch}, which is ${total}: on those, the rate would be multiplied by ${factor}`,
          // The rate may be the one that is not meant.
          fixes: settingFix(
            context,
            [{ path: scaling.at('base_batch_size'), text: String(total) }],
            `Set ${formatPath(scaling.at('base_batch_size'))} to ${total}`,
          ).map(fix => ({ ...fix, preferred: false })),
        },
      ]
    : [];
}

/** `yolov5_s-v61_syncbn_8xb16-300e_coco.py`; null where a name does not tell, or tells two. */
function namedBatch(file: string): { readonly gpus: number; readonly batch: number } | null {
  const [only, ...more] = [...file.slice(file.lastIndexOf('/') + 1).matchAll(/(?<=^|[_-])(\d+)xb(\d+)(?=$|[._a-z-])/g)];
  return only && !more.length ? { gpus: Number(only[1]), batch: Number(only[2]) } : null;
}

/** What is written now, and what was before. */
function sizesOf({ config, text }: ConfigContext, origin: Origin | undefined): readonly number[] {
  const now = numberFrom(recipeOf(config).loader('train')?.part.value('batch_size'));
  const before: number[] = [];
  for (let at = origin?.overrides ?? null; at; at = at.overrides)
    before.push(Number(text(at.value.file)?.slice(at.value.start, at.value.end)));
  return now === undefined ? before : [now, ...before];
}
