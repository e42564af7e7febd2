/** A value that ends the run, as a table of such values tells of it. */
import type { ConfigPath } from '../config/resolved.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { ClassSource } from '../recipe/class-source.ts';
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
  /** A value elsewhere that it does not go with: where this file has that alone, it is told there. */
  readonly against?: ConfigPath;
}
/** What a part is built of. */
export interface Built {
  /** Its class, by its module; undefined where it is not known. */
  targetOf(part: Part): string | undefined;
  /** Null where it is not at hand. */
  sourceOf(part: Part): ClassSource | null;
}
export type Check = (part: Part, recipe: Recipe, built: Built) => readonly Refused[];

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
