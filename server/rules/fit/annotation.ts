/** What an annotation leaves no doubt about. Annotations lie about lists and tuples, about numbers with and without a point, about None, and about what else a text may be; not about a text in a number's place. */
import { plain } from '../../python/origin.ts';
import { Dict } from '../../python/types/dict.ts';
import { Float } from '../../python/types/float.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';

type Kind = 'text' | 'number' | 'sequence' | 'dict';

/** What it takes and what is given instead; null where it may do. */
export function refusedBy(annotation: string, value: Value): { readonly wanted: string; readonly given: Kind } | null {
  const given = kindOf(value);
  // The others are taken somewhere in the place of any.
  if (given !== 'text' && given !== 'dict') return null;
  const taken = takenBy(annotation);
  if (given === 'text' && taken?.every(kind => kind === 'number' || kind === 'numbers')) return { wanted: annotation, given };
  if (given === 'dict' && taken?.every(kind => kind === 'number' || kind === 'text')) return { wanted: annotation, given };
  return null;
}

/** Whether there is anything at all that it refuses. */
export const refusesAny = (annotation: string): boolean => takenBy(annotation) !== null;

type Taken = 'number' | 'numbers' | 'text';
const known = new Map<string, readonly Taken[] | null>();

/** Null: not known to the end. Few annotations there are, and each is asked about with every part. */
function takenBy(annotation: string): readonly Taken[] | null {
  const before = known.get(annotation);
  if (before !== undefined) return before;
  const kinds = atomsOf(annotation)?.map(atom => TAKEN.get(atom)) ?? [];
  const taken = kinds.length && kinds.every(kind => kind !== undefined) ? kinds : null;
  known.set(annotation, taken);
  return taken;
}

/** Booleans are numbers, and anything may stand for one. */
function kindOf(given: Value): Kind | null {
  const value = plain(given);
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number' || value instanceof Float) return 'number';
  if (value instanceof Dict) return 'dict';
  return value instanceof List || value instanceof Tuple ? 'sequence' : null;
}

const TAKEN: ReadonlyMap<string, Taken> = new Map([
  ['int', 'number'],
  ['float', 'number'],
  ['str', 'text'],
  ['numbers', 'numbers'],
]);

/** `Optional[Union[int, Tuple[int, int]]]` → int, numbers. Null where a part of it is not one of these. */
function atomsOf(annotation: string): readonly string[] | null {
  const text = annotation.replace(/\s+|typing\.|\bt\./g, '').replace(/^(['"])(.*)\1$/, '$2');
  const atoms: string[] = [];
  const take = (part: string): boolean => {
    const outer = /^(?:Optional|Union)\[(.*)\]$/.exec(part)?.[1];
    if (outer !== undefined) return parts(outer, ',').every(take);
    const either = parts(part, '|');
    if (either.length > 1) return either.every(take);
    if (part === 'None') return true;
    if (/^(?:[Tt]uple|[Ll]ist|Sequence)\[(?:(?:int|float|Number|\.\.\.|,)+)\]$/.test(part)) atoms.push('numbers');
    else if (part === 'int' || part === 'float' || part === 'str') atoms.push(part);
    else if (/^(?:torch\.)?Tensor$/.test(part)) atoms.push('float');
    else return false;
    return true;
  };
  return take(text) && atoms.length > 0 ? atoms : null;
}

function parts(text: string, separator: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of text) {
    depth += c === '[' ? 1 : c === ']' ? -1 : 0;
    if (c === separator && depth === 0) {
      found.push(part);
      part = '';
    } else part += c;
  }
  return [...found, part];
}
