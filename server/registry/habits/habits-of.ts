/** What one config writes where: `Usage`'s facts, of a text. */
import { type Part, writtenParts } from './written-parts.ts';

/** Which name stands in which place: `keys test_cfg`, `arguments ResNet`, `types backbone`. At the top, and of what is assigned there, the key begins with a stroke. */
export interface Habit {
  readonly of: string;
  readonly name: string;
}

const LONGEST_NAME = 60;
/** A table of classes' colours has a key a class: no habit. */
const MOST_KEYS = 120;
const DEEPEST = 40;

/** Each once a file: a pipeline of ten steps is one habit. */
export function habitsOf(text: string): readonly Habit[] {
  const parts = writtenParts(text);
  const named = new Map(parts);
  const found = new Map<string, Habit>();
  const add = (of: string, name: string): void => {
    if (name.length <= LONGEST_NAME && name !== '') found.set(`${of} ${name}`, { of, name });
  };
  const walk = (part: Part, key: string, depth: number, through: number): void => {
    if (depth > DEEPEST) return;
    if (part.kind === 'list') for (const item of part.items) walk(item, key, depth + 1, through);
    // What a variable holds stands here as well.
    if (part.kind === 'name' && through < 2) {
      const value = named.get(part.value);
      if (value && value.kind !== 'text' && value.kind !== 'name') walk(value, key, depth + 1, through + 1);
    }
    if (part.kind !== 'dict' || part.entries.length > MOST_KEYS) return;
    const typed = part.entries.find(([name]) => name === 'type')?.[1];
    const type = typed?.kind === 'name' ? (textOf(named.get(typed.value)) ?? typed.value) : textOf(typed);
    if (type !== undefined) add(`types ${key}`, type);
    for (const [name, value] of part.entries) {
      if (name !== 'type') add(type === undefined ? `keys ${key}` : `arguments ${bare(type)}`, name);
      walk(value, key === '' ? `/${name}` : name, depth + 1, through);
    }
  };
  for (const [name, part] of parts) {
    add('keys ', name);
    walk(part, `/${name}`, 0, 0);
  }
  return [...found.values()];
}

const textOf = (part: Part | undefined): string | undefined => (part?.kind === 'text' ? part.value : undefined);
const bare = (type: string): string => type.slice(type.lastIndexOf('.') + 1);
