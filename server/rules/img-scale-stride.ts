/** Pictures come in a size that the network's largest stride does not divide, and with such a size its neck fails: levels that are joined differ by a pixel. */

import { itemsFrom, numberFrom, numbersFrom } from '../config/from-value.ts';
import { valueAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Value } from '../python/value.ts';
import { withPipeline } from '../recipe/data.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { exactSize, type Size } from '../recipe/sizes/size-range.ts';
import { type Sized, sizesOf } from '../recipe/sizes/sizes.ts';
import { stepTypes } from '../recipe/step-types.ts';
import type { Fix } from './diagnostic.ts';
import { placeOf } from './fit/blame.ts';
import { type Change, editsFor } from './fit/edits.ts';
import { isNamedPack } from './pipeline-flows.ts';
import type { ConfigContext, Finding, ModelContext, ModelRule } from './rule.ts';

export const imgScaleStride: ModelRule = {
  code: 'img-scale-stride',
  severity: 'warning',
  summary: 'pictures come in a size that the largest stride does not divide, and the model fails with it',
  needs: 'model',
  check(context) {
    const { config, verdict } = context;
    const largest = largestStride(verdict);
    // Of a model that fails anyhow it is not known what it would do with another size; but with its own size it may fail for just that.
    if (largest < 2 || (verdict.ok !== true && !isOfSize(verdict))) return [];
    const padding = numberFrom(valueAt(config, ['model', 'data_preprocessor', 'pad_size_divisor'])) ?? 1;
    const seen = new Set<string>();
    return sizesIn(context).flatMap((told): readonly Finding[] => {
      const size = pairOf(told, padding, largest);
      const key = size?.join() ?? '';
      if (!size || size.every(side => side % largest === 0) || seen.has(`${key} ${formatPath(told.path)}`)) return [];
      const fault = faultAt(context, size);
      if (!fault) return [];
      const place = placeOf(config, blamedIn(config, told, largest), []);
      const at = `${place.site.file} ${place.site.start} ${place.site.end}`;
      if (seen.has(at)) return [];
      seen.add(at);
      return [
        { site: place.site, message: sentence(told, size, largest, fault), related: place.related, fixes: fixes(context, told, largest) },
      ];
    });
  },
};

type Told =
  /** Width and height as a pipeline leaves them; what was written for it, a pair or one number. `alone`: nothing else has a part in it. */
  | { readonly kind: 'size'; readonly path: ConfigPath; readonly numbers: readonly number[]; readonly size: Size; readonly alone: boolean }
  /** What sizes are rounded up to. */
  | { readonly kind: 'divisor'; readonly path: ConfigPath; readonly divisor: number; readonly isPadded: boolean };

/** What a step is told its size by: all pictures are of it, and of a crop those that are large enough. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['Resize', 'scale'],
  ['LetterResize', 'scale'],
  ['Pad', 'size'],
  ['FixShapeResize', 'width'],
  ['RandomCrop', 'crop_size'],
  ['CenterCrop', 'crop_size'],
  ['Mosaic', 'img_scale'],
  ['Mosaic9', 'img_scale'],
]);

/** Measured at a size that it does not divide, it is not whole. */
function largestStride({ strides }: Verdict): number {
  const measured = Math.max(0, ...Object.values(strides).flat()),
    power = 2 ** Math.round(Math.log2(measured));
  return Math.abs(power / measured - 1) < ROUNDING ? power : measured;
}
const ROUNDING = 0.12;

/** The number of the two that is odd. */
function blamedIn(config: ResolvedConfig, told: Told, largest: number): readonly ConfigPath[] {
  if (told.kind === 'divisor' || valueIsNumber(config, told.path)) return [told.path];
  const odd = told.numbers.flatMap((n, i) => (n % largest ? [[...told.path, i]] : []));
  return [...odd, told.path];
}

/** Whether a model's error is told by this rule. */
export function isToldAsSize(context: ModelContext): boolean {
  const { verdict } = context;
  if (!isOfSize(verdict)) return false;
  const largest = largestStride(verdict);
  return sizesIn(context).some(told => told.kind === 'size' && pairOf(told, 1, largest)?.join() === verdict.size.join());
}

/** What the last step of each pipeline that decides the size says, and what batches are rounded to. */
function sizesIn(context: ConfigContext): readonly Told[] {
  const { config } = context;
  const augments = ['model', 'data_preprocessor', 'batch_augments'];
  const random = (itemsFrom(valueAt(config, augments)) ?? []).flatMap((_, i): Told[] => {
    const path = [...augments, i, 'size_divisor'],
      divisor = numberFrom(valueAt(config, path));
    // Batches are padded before they are resized.
    return divisor === undefined ? [] : [{ kind: 'divisor', path, divisor, isPadded: false }];
  });
  const recipe = recipeOf(config);
  // Batches of one shape each: their sizes are rounded up, and the pipeline's is that of the longest side.
  const shapes = recipe.loaders.toReversed().flatMap(({ data }): Told[] => {
    const of = (data && withPipeline(data))?.part('batch_shapes_cfg');
    const divisor = of?.number('size_divisor');
    return of && divisor !== undefined ? [{ kind: 'divisor', path: of.at('size_divisor'), divisor, isPadded: true }] : [];
  });
  const types = stepTypes(context);
  const ofPipelines = recipe.pipelines.toReversed().flatMap(pipeline => lastSize(sizesOf(types, pipeline)) ?? []);
  return [...shapes, ...ofPipelines, ...random];
}

/** By the last step that decides on it. */
function lastSize(all: readonly Sized[]): Told | null {
  const end = all.findIndex(({ step }) => isNamedPack(step));
  const sized = end < 0 ? all : all.slice(0, end);
  const last = sized.findLast(({ decides }) => decides);
  const isCrop = /Crop$/.test(last?.step.typeName ?? '');
  const size = last && (exactSize(last.after) ?? (isCrop && last.after.most.every(Number.isFinite) ? last.after.most : null));
  // What turns and shifts a picture cuts it to what the mosaic before was made of.
  const giver = sized.findLast(({ step }) => step.isGiven(KEYS.get(step.typeName ?? '') ?? ''))?.step;
  const path = giver?.at(KEYS.get(giver.typeName ?? '') ?? '');
  return size && giver && path
    ? { kind: 'size', path, numbers: numbersOf(giver.value(String(path.at(-1)))), size, alone: giver === last.step }
    : null;
}
const numbersOf = (value: Value | undefined): readonly number[] => numbersFrom(value) ?? [numberFrom(value) ?? 0];

/** A size that the model is given by it; of a divisor, one that it lets through and the stride would not. */
function pairOf(told: Told, padding: number, largest: number): Size | null {
  const by = told.kind === 'divisor' && !told.isPadded ? 1 : padding;
  const up = (side: number): number => Math.ceil(side / by) * by;
  if (told.kind === 'size') return [up(told.size[0]), up(told.size[1])];
  const { divisor } = told;
  if (!Number.isInteger(divisor) || divisor < 1) return null;
  for (let side = Math.ceil((TYPICAL * largest) / divisor) * divisor, tried = 0; tried < largest; side += divisor, tried++)
    if (up(side) % largest !== 0) return [up(side), up(side)];
  return null;
}
/** In strides. */
const TYPICAL = 10;

/** A joining of maps of different sizes, which is what an odd size leads to. */
const isOfSize = (verdict: Verdict): boolean =>
  verdict.ok === false && verdict.mismatches.length > 0 && verdict.mismatches.every(m => m.kind === 'stride');

/** What the model says at a size; null where it runs, or says something else. */
function faultAt(context: ModelContext, size: Size): string | null {
  const { verdict } = context;
  const after = verdict.size[0] === size[0] && verdict.size[1] === size[1] ? verdict : context.at?.(size);
  return after && isOfSize(after) ? (after.error?.message ?? '') : null;
}

function sentence(told: Told, [width, height]: Size, largest: number, fault: string): string {
  const name = formatPath(told.path);
  const says =
    told.kind === 'divisor'
      ? `\`${name}\` ${told.divisor} lets sizes through that are no multiples of ${largest}, the largest stride of the network`
      : told.alone
        ? `\`${name}\` ${told.numbers.join(' × ')} is no multiple of ${largest}, the largest stride of the network`
        : `\`${name}\` ${told.numbers.join(' × ')} makes pictures of ${width} × ${height}, which is no multiple of ${largest}, the largest stride of the network`;
  return `${says}: at ${width} × ${height} levels that are joined do not meet.\n${fault}`;
}

function fixes(context: ModelContext, told: Told, largest: number): readonly Fix[] {
  const { config } = context,
    text = context.text(config.file),
    body = context.body(config.file);
  if (text === null || !body || (told.kind === 'size' && !told.alone)) return [];
  const near = (n: number): number => Math.max(largest, Math.round(n / largest) * largest);
  const change: Change =
    told.kind === 'divisor'
      ? { path: told.path, value: Math.ceil(told.divisor / largest) * largest }
      : valueIsNumber(config, told.path)
        ? { path: told.path, value: near(told.numbers[0] ?? largest) }
        : { path: told.path, value: told.numbers.map(near) };
  const edits = editsFor(config, text, body, [change]);
  const proof = edits?.length ? context.prove(edits) : null;
  if (!edits || !proof || proof.verdict.mismatches.length) return [];
  const said = Array.isArray(change.value) ? change.value.join(' × ') : String(change.value);
  return [
    { title: `Change ${told.kind === 'divisor' ? told.divisor : told.numbers.join(' × ')} to ${said}`, edits, preferred: true, ran: true },
  ];
}
const valueIsNumber = (config: ResolvedConfig, path: ConfigPath): boolean => numberFrom(valueAt(config, path)) !== undefined;
