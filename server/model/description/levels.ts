/** The levels that a part hands on, and whether the next one is built for them. */
import { valueAt } from '../../config/origins.ts';
import { parsePath } from '../../config/path.ts';
import type { ResolvedConfig } from '../../config/resolved.ts';
import type { NetworkLevel } from '../../picture/description.ts';
import { plain } from '../../python/origin.ts';
import { Float } from '../../python/types/float.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';
import type { Mismatch, Shapes } from '../verdict.ts';

/** Shapes of the single tensors, in order. */
export function tensorsIn(shapes: Shapes): readonly (readonly number[])[] {
  if (shapes === null) return [];
  if (!Array.isArray(shapes)) return Object.values(shapes).flatMap(tensorsIn);
  const items: readonly (number | Shapes)[] = shapes;
  const numbers = items.filter(item => typeof item === 'number');
  if (items.length && numbers.length === items.length) return [numbers];
  return items.flatMap(item => (typeof item === 'number' ? [] : tensorsIn(item)));
}

/** Input height by the map's; null where it is no map. */
export function strideOf(shape: readonly number[], inputHeight: number): number | null {
  const [, height] = shape.length === 3 ? shape : [];
  return height ? Math.round(inputHeight / height) : null;
}

/** `consumer`: the part that takes them; `mismatches`: all of the run. */
export function levelsBetween(
  config: ResolvedConfig,
  outputs: Shapes,
  inputHeight: number,
  consumer: { readonly name: string; readonly isKnown: boolean },
  mismatches: readonly Mismatch[],
): readonly NetworkLevel[] {
  const shapes = tensorsIn(outputs);
  const expected = expectedBy(config, shapes, inputHeight, consumer.name, mismatches);
  const levels = shapes.map((shape, i): NetworkLevel => {
    const other = expected.get(i);
    return {
      shape,
      stride: strideOf(shape, inputHeight),
      state: other !== undefined ? 'wrong' : consumer.isKnown ? 'fits' : 'unknown',
      expected: other ?? null,
    };
  });
  const counted = countDeclared(config, consumer.name, mismatches);
  if (counted === null || counted === levels.length) return levels;
  const absent = Array.from({ length: Math.max(0, counted - levels.length) }, (_, i): NetworkLevel => {
    const declared = declaredAt(config, `${consumer.name}.in_channels[${levels.length + i}]`);
    return { shape: null, stride: null, state: 'absent', expected: declared };
  });
  return [...levels.map((level, i): NetworkLevel => (i < counted ? level : { ...level, state: 'surplus' })), ...absent];
}

/** By level: the channels that the part is built for, where they are not those that come. */
function expectedBy(
  config: ResolvedConfig,
  shapes: readonly (readonly number[])[],
  inputHeight: number,
  consumer: string,
  mismatches: readonly Mismatch[],
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { kind, error, blame, expected, got, stride } of mismatches) {
    if (kind !== 'channels' || !isWithin(error.where, consumer)) continue;
    const [first = ''] = blame;
    const index = Number(/\[(\d+)\]$/.exec(first)?.[1] ?? Number.NaN);
    const declared = shapes[index] ? declaredAt(config, first) : null;
    // A neck joins levels before it convolves them: the number in the config is one level's, the layer's may be two together.
    if (declared !== null && declared !== shapes[index]?.[0]) {
      if (!found.has(index)) found.set(index, declared);
      continue;
    }
    if (expected === undefined) continue;
    // A number that is no level's own counts for all: a head takes every level through the same layers.
    const shared = Number.isNaN(index) && new Set(shapes.map(([channels]) => channels)).size === 1;
    shapes.forEach((shape, i) => {
      const isMet = shape[0] === got && (shared || stride === undefined || strideOf(shape, inputHeight) === stride);
      if (isMet && !found.has(i)) found.set(i, expected);
    });
  }
  return found;
}

const isWithin = (module: string | null, part: string): boolean => module === part || (module?.startsWith(`${part}.`) ?? false);

/** A number of the model's dict, with the part's `widen_factor`. */
function declaredAt(config: ResolvedConfig, path: string): number | null {
  const steps = parsePath(path);
  if (!steps) return null;
  const declared = numberOf(valueAt(config, ['model', ...steps]));
  const width = numberOf(valueAt(config, ['model', ...steps.slice(0, -2), 'widen_factor']));
  return declared === null ? null : Math.round(declared * (width ?? 1));
}

/** So many levels the part was told of, where their number is what is wrong. */
function countDeclared(config: ResolvedConfig, consumer: string, mismatches: readonly Mismatch[]): number | null {
  if (!mismatches.some(({ kind, error }) => kind === 'levels' && isWithin(error.where, consumer))) return null;
  const steps = parsePath(consumer.replace(/\.(\d+)$/, '[$1]')) ?? [];
  const list = plain(valueAt(config, ['model', ...steps, 'in_channels']) ?? null);
  return list instanceof List || list instanceof Tuple ? list.items.length : null;
}

function numberOf(value: Value | undefined): number | null {
  const number = value === undefined ? null : plain(value);
  return typeof number === 'number' ? number : number instanceof Float ? number.value : null;
}
