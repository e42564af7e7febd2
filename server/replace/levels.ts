/** What a backbone can give: each of its `out_indices` by itself, with the channels and the stride of its map. */
import type { BackboneAnswer } from '../model/run.ts';
import type { Shapes } from '../model/verdict.ts';

export interface Level {
  /** What `out_indices` calls it. */
  readonly index: number;
  readonly channels: number;
  readonly stride: number;
}
export type Levels =
  | {
      readonly kind: 'levels';
      readonly levels: readonly Level[];
      /** Whether `out_indices` chooses among them; else they all come, always. */
      readonly chosen: boolean;
    }
  /** `reason`: a sentence's main clause, without the backbone's name. */
  | { readonly kind: 'none'; readonly reason: string };

/** How a backbone takes the choice of its levels. */
export type Choice = 'indices' | 'features' | 'fixed';

type Ask = (further: ReadonlyMap<string, string>) => BackboneAnswer;

/** More blocks than the deepest of the known ones can name. */
const MOST_INDICES = 64;

/** `ask`: builds and runs the backbone with further arguments, Python's text each. `size`: of the input, width and height in pixels. */
export function levelsOf(choice: Choice, size: readonly [number, number], ask: Ask): Levels {
  return choice === 'indices' ? counted(size, ask) : allAtOnce(choice, size, ask);
}

function allAtOnce(choice: Choice, size: readonly [number, number], ask: Ask): Levels {
  const answer = ask(new Map());
  if (answer.kind !== 'ran') return { kind: 'none', reason: failed(answer) };
  const maps = mapsOf(answer.outputs, size);
  if (typeof maps === 'string') return { kind: 'none', reason: maps };
  return { kind: 'levels', levels: maps.map((map, index) => ({ index, ...map })), chosen: choice === 'features' };
}

/**
 * As many from the first as it gives, found in few runs: each costs the whole backbone. Where they do not begin at zero, or it heeds what is asked in some other
 * way, one after another.
 */
function counted(size: readonly [number, number], ask: Ask): Levels {
  const first = (n: number): readonly Level[] | null => {
    const answer = ask(indices(Array.from({ length: n }, (_, i) => i)));
    const maps = answer.kind === 'ran' ? mapsOf(answer.outputs, size) : '';
    return Array.isArray(maps) && maps.length === n ? maps.map((map, index) => ({ index, ...map })) : null;
  };
  let known: readonly Level[] | null = null,
    lacking = 4;
  for (let found = first(lacking); found && lacking < MOST_INDICES; found = first(lacking)) {
    known = found;
    lacking *= 2;
  }
  for (let low = known?.length ?? 0; lacking - low > 1; ) {
    const middle = (low + lacking) >> 1,
      found = first(middle);
    if (found) {
      known = found;
      low = middle;
    } else lacking = middle;
  }
  return known ? { kind: 'levels', levels: known, chosen: true } : oneByOne(size, ask);
}

function oneByOne(size: readonly [number, number], ask: Ask): Levels {
  const levels: Level[] = [];
  let reason = 'it gives nothing for any of `out_indices`';
  for (let index = 0; index < MOST_INDICES; index++) {
    const answer = ask(indices([index]));
    if (answer.kind !== 'ran') {
      if (!levels.length) reason = failed(answer);
      // Some count from one.
      if (index > 0) break;
      continue;
    }
    const maps = mapsOf(answer.outputs, size);
    if (typeof maps === 'string') {
      if (!levels.length) reason = maps;
      break;
    }
    const [map] = maps;
    // Asked for one, given none: the end. Given more, it does not heed the choice.
    if (!map) break;
    if (maps.length > 1) return { kind: 'levels', levels: maps.map((m, i) => ({ index: i, ...m })), chosen: false };
    levels.push({ index, ...map });
  }
  return levels.length ? { kind: 'levels', levels, chosen: true } : { kind: 'none', reason };
}

const indices = (of: readonly number[]): ReadonlyMap<string, string> =>
  new Map([['out_indices', `(${of.join(', ')}${of.length === 1 ? ',' : ''})`]]);

/** Channels and strides of the maps among what came; a clause where it is none. */
function mapsOf(outputs: Shapes, [width, height]: readonly [number, number]): readonly { channels: number; stride: number }[] | string {
  const shapes = isShape(outputs) ? [outputs] : Array.isArray(outputs) ? outputs : [];
  const maps: { channels: number; stride: number }[] = [];
  for (const shape of shapes) {
    if (!isShape(shape)) return 'what it gives is no row of maps';
    const [channels = 0, high = 0, wide = 0] = shape;
    if (shape.length !== 3)
      return `it gives ${shape.length === 1 ? 'a vector' : `${shape.length} dimensions`} (${shape.join(' × ')}), no map`;
    const stride = Math.round(height / high);
    if (Math.round(width / wide) !== stride) return `it gives its maps with the channels last (${shape.join(' × ')})`;
    maps.push({ channels, stride });
  }
  return maps;
}
const isShape = (s: unknown): s is readonly number[] => Array.isArray(s) && s.length > 0 && s.every(n => typeof n === 'number');

const failed = (answer: Exclude<BackboneAnswer, { kind: 'ran' }>): string =>
  answer.kind === 'unknown'
    ? `what it gives is not known: ${answer.reason}`
    : `by itself it fails with ${answer.error.type}${answer.error.message ? `: ${answer.error.message}` : ''}`;
