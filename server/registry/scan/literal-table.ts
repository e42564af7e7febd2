/** A display of literals, read as what can be asked of it: which keys a dict has, which items a list, tuple or set. */
import { callArguments, closing, split, stringValue, stringValues } from './arguments.ts';

export interface Table {
  /** `dict`: it can be looked up in by key. */
  readonly kind: 'dict' | 'items';
  readonly values: readonly Literal[];
}
/** Null is Python's None. */
export type Literal = string | number | null;

/** Longer ones are data: names of classes, palettes. */
const LONGEST = 30_000;
const MOST = 200;

/** Null for anything else than a display whose keys or items are texts, whole numbers or None. */
export function readTable(text: string): Table | null {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST) return null;
  const called = /^(dict|set|frozenset|list|tuple)\s*\(/.exec(trimmed);
  if (called) {
    const open = called[0].length - 1;
    if (closing(trimmed, open) !== trimmed.length - 1) return null;
    if (called[1] === 'dict') return named(trimmed, open);
    const inner = readTable(trimmed.slice(open + 1, -1));
    return inner && { kind: 'items', values: inner.values };
  }
  if (!/^[[({]/.test(trimmed) || closing(trimmed, 0) !== trimmed.length - 1) return null;
  const inside = trimmed.slice(1, -1);
  const parts = split(inside);
  if (parts.length === 0 || parts.length > MOST) return null;
  // ('a') is a text, and what is `in` it is a part of that.
  if (trimmed[0] === '(' && parts.length === 1 && !/,\s*(?:#[^\n]*\s*)?$/.test(inside)) return null;
  if (trimmed[0] === '{' && (parts[0]!.startsWith('**') || split(parts[0]!, ':').length > 1)) return keyed(parts);
  return table('items', parts.map(literal));
}

function keyed(parts: readonly string[]): Table | null {
  const values: (Literal | undefined)[] = [];
  for (const part of parts) {
    const spread = /^\*\*\s*dict\.fromkeys\s*\(/.exec(part);
    if (spread) {
      const names = stringValues(callArguments(part, spread[0].length - 1)[0]?.value ?? '');
      if (!names) return null;
      values.push(...names);
    } else if (part.startsWith('**')) {
      const inner = readTable(part.slice(2));
      if (inner?.kind !== 'dict') return null;
      values.push(...inner.values);
    } else values.push(literal(split(part, ':')[0] ?? ''));
  }
  return table('dict', values);
}

function named(text: string, open: number): Table | null {
  const args = callArguments(text, open);
  return args.some(({ name }) => name === null || name.startsWith('*'))
    ? null
    : table(
        'dict',
        args.map(({ name }) => name ?? undefined),
      );
}

const table = (kind: Table['kind'], values: readonly (Literal | undefined)[]): Table | null => {
  const known = values.filter(value => value !== undefined);
  return known.length === values.length && known.length > 0 && known.length <= MOST ? { kind, values: [...new Set(known)] } : null;
};

/** A text, a whole number or None; undefined for anything else. */
export function literal(text: string): Literal | undefined {
  const trimmed = text.trim();
  if (trimmed === 'None') return null;
  if (/^-?\d+$/.test(trimmed)) return Number(trimmed);
  return stringValue(trimmed) ?? undefined;
}
/** As Python writes it. */
export const literalText = (value: Literal): string => (value === null ? 'None' : typeof value === 'string' ? `'${value}'` : String(value));
