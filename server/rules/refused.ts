/** A value that ends the run, as a table of such values tells of it. */
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { Part } from '../recipe/part.ts';
import type { Recipe } from '../recipe/recipe.ts';

/** The rule that tells it: a kind, a choice, a number of the schedule. */
export type RefusalCode = 'argument-type' | 'invalid-choice' | 'schedule-refused';
export interface Refused {
  readonly code: RefusalCode;
  /** Within the part. */
  readonly key: string;
  readonly told: string;
  /** As the run ends. */
  readonly says: string;
  /** What is right in its place. */
  readonly right?: string;
}
/** `targetOf`: the class that a part is built of, by its module; undefined where it is not known. */
export type Check = (part: Part, recipe: Recipe, targetOf: (part: Part) => string | undefined) => readonly Refused[];

export const refused = (code: RefusalCode, key: string, told: string, says: string, right?: string): Refused => ({
  code,
  key,
  told,
  says,
  ...(right !== undefined && { right }),
});

/** The name of its class, of what a config's literals are. */
export const typeOf = (value: Value): string =>
  value instanceof Tuple ? 'tuple' : value instanceof List ? 'list' : (TYPES[typeof value] ?? 'object');
const TYPES: Readonly<Record<string, string>> = { string: 'str', boolean: 'bool', number: 'int' };
