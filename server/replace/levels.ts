/** What a backbone can give: each level that its argument names by itself, with the channels and the stride of its map. */
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
      /** How the choice among them is written; null: they all come, always. */
      readonly brackets: Brackets | null;
    }
  /** `reason`: a sentence's main clause, without the backbone's name. */
  | { readonly kind: 'none'; readonly reason: string };

/** How a backbone takes the choice of its levels. `name`: of the argument, mostly `out_indices`. */
export type Choice =
  | { readonly kind: 'indices'; readonly name: string }
  /** timm's: all of them where the argument is left out. */
  | { readonly kind: 'features'; readonly name: string }
  | { readonly kind: 'fixed' };

/** Some change the list that they are given in place, which a tuple does not let them. */
export type Brackets = 'tuple' | 'list';

type Ask = (further: ReadonlyMap<string, string>) => BackboneAnswer;

/** More blocks than the deepest of the known ones can name. */
const MOST_INDICES = 64;

/** `ask`: builds and runs the backbone with further arguments, Python's text each. `size`: of the input, width and height in pixels. */
export function levelsOf(choice: Choice, size: readonly [number, number], ask: Ask): Levels {
  if (choice.kind !== 'indices') return allAtOnce(choice, size, ask);
  const found = counted(choice.name, 'tuple', size, ask);
  return found.kind === 'none' && found.reason.includes('item assignment') ? counted(choice.name, 'list', size, ask) : found;
}

function allAtOnce(choice: Exclude<Choice, { kind: 'indices' }>, size: readonly [number, number], ask: Ask): Levels {
  const answer = ask(new Map());
  if (answer.kind !== 'ran') return { kind: 'none', reason: failed(answer, size) };
  const maps = mapsOf(answer.outputs, size);
  if (typeof maps === 'string') return { kind: 'none', reason: maps };
  const levels = maps.map((map, index) => ({ index, ...map }));
  if (choice.kind === 'fixed') return { kind: 'levels', levels, brackets: null };
  // Those that come by themselves need not be the first.
  const again = ask(asked(choice.name, 'tuple', [...levels.keys()]));
  const same = again.kind === 'ran' && JSON.stringify(again.outputs) === JSON.stringify(answer.outputs);
  return same ? { kind: 'levels', levels, brackets: 'tuple' } : counted(choice.name, 'tuple', size, ask);
}

/**
 * As many from the first as it gives, found in few runs: each costs the whole backbone. Where they do not begin at zero, or it heeds what is asked in some other
 * way, one after another.
 */
function counted(name: string, brackets: Brackets, size: readonly [number, number], ask: Ask): Levels {
  // What is not known of a few levels is not known of others.
  let unknown: Levels | null = null;
  const first = (n: number): readonly Level[] | null => {
    if (unknown) return null;
    const answer = ask(asked(name, brackets, [...Array(n).keys()]));
    if (answer.kind === 'unknown') unknown = { kind: 'none', reason: failed(answer, size) };
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
  if (unknown) return unknown;
  return known ? { kind: 'levels', levels: known, brackets } : oneByOne(name, brackets, size, ask);
}

function oneByOne(name: string, brackets: Brackets, size: readonly [number, number], ask: Ask): Levels {
  const levels: Level[] = [];
  let reason = `it gives nothing for any of \`${name}\``;
  for (let index = 0; index < MOST_INDICES; index++) {
    const answer = ask(asked(name, brackets, [index]));
    if (answer.kind !== 'ran') {
      if (!levels.length) reason = failed(answer, size);
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
    if (maps.length > 1) return { kind: 'levels', levels: maps.map((m, i) => ({ index: i, ...m })), brackets: null };
    levels.push({ index, ...map });
  }
  return levels.length ? { kind: 'levels', levels, brackets } : { kind: 'none', reason };
}

const asked = (name: string, brackets: Brackets, indices: readonly number[]): ReadonlyMap<string, string> =>
  new Map([[name, indicesText(indices, brackets)]]);

export function indicesText(indices: readonly number[], brackets: Brackets): string {
  const inside = indices.join(', ');
  return brackets === 'list' ? `[${inside}]` : `(${inside}${indices.length === 1 ? ',' : ''})`;
}

/** Channels and strides of the maps among what came; a clause where it is none. */
export function mapsOf(
  outputs: Shapes,
  [width, height]: readonly [number, number],
): readonly { channels: number; stride: number }[] | string {
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

function failed(answer: Exclude<BackboneAnswer, { kind: 'ran' }>, [width, height]: readonly [number, number]): string {
  if (answer.kind === 'unknown') return `what it gives is not known: ${answer.reason}`;
  const { type, message, source } = answer.error;
  const says = message || source;
  const at = answer.stage === 'forward' ? `, at ${width} × ${height},` : '';
  return `by itself${at} it fails with ${type}${says ? `: ${says}` : ''}`;
}
