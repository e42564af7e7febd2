/** The same expression in JavaScript's language, where both mean the same: its engine is many times as fast. Null where they may differ. */
import { type ClassItem, FLAG, type Kind, type Node, type Parsed, widthOf } from './nodes.ts';

const ASCII: Readonly<Record<Kind, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: ' \\t-\\r' };
const UNICODE: Readonly<Record<Kind, string>> = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{N}_',
  s: '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000',
};
const LOOKS = FLAG.ignoreCase | FLAG.multiline | FLAG.dotAll | FLAG.ascii | FLAG.unicode;

export function fastOf({ node, flags }: Parsed): RegExp | null {
  if (flags & FLAG.ignoreCase && !(flags & FLAG.unicode && !(flags & FLAG.ascii))) return null;
  const source = written(node, flags);
  if (source === null) return null;
  try {
    return new RegExp(source, `dgu${flags & FLAG.ignoreCase ? 'i' : ''}`);
  } catch {
    return null;
  }
}

const letter = (code: number): string => `\\u{${code.toString(16)}}`;
const kinds = (flags: number): Readonly<Record<Kind, string>> => (flags & FLAG.unicode && !(flags & FLAG.ascii) ? UNICODE : ASCII);
function member(item: ClassItem, flags: number): string | null {
  if ('kind' in item) return item.negated ? null : kinds(flags)[item.kind];
  return item.low === item.high ? letter(item.low) : `${letter(item.low)}-${letter(item.high)}`;
}
function written(node: Node, flags: number): string | null {
  if ('flags' in node && (node.flags & LOOKS & ~FLAG.unicode) !== (flags & LOOKS & ~FLAG.unicode)) return null;
  switch (node.op) {
    case 'character':
      return letter(node.code);
    case 'any':
      return flags & FLAG.dotAll ? '[\\s\\S]' : '[^\\n]';
    case 'class': {
      const [only] = node.items;
      if (node.items.length === 1 && only && 'kind' in only)
        return `[${only.negated !== node.negated ? '^' : ''}${kinds(flags)[only.kind]}]`;
      // How sets of what is none fold case, the two see differently.
      if (node.negated && flags & FLAG.ignoreCase) return null;
      const parts = node.items.map(item => member(item, flags));
      return parts.some(p => p === null) ? null : `[${node.negated ? '^' : ''}${parts.join('')}]`;
    }
    case 'sequence':
      return all(node.items, flags, '');
    case 'branch': {
      const inside = all(node.items, flags, '|');
      return inside === null ? null : `(?:${inside})`;
    }
    case 'group': {
      const body = written(node.body, flags);
      return body === null ? null : node.index === null ? `(?:${body})` : `(${body})`;
    }
    case 'repeat': {
      const body = written(node.body, flags);
      if (body === null || node.how === 'possessive') return null;
      // Of what may be empty, and of groups that not each turn takes, the two keep different things.
      if (node.most > 1 && (widthOf(node.body, new Map())[0] === 0 || forgets(node.body))) return null;
      if (node.least > 100_000 || (node.most > 100_000 && node.most !== Infinity)) return null;
      const most = node.most === Infinity ? '' : String(node.most);
      return `(?:${body}){${node.least},${most}}${node.how === 'lazy' ? '?' : ''}`;
    }
    case 'place':
      return PLACES[node.what](flags);
    case 'look': {
      const body = captures(node.body) ? null : written(node.body, flags);
      return body === null ? null : `(?${node.behind === null ? '' : '<'}${node.negated ? '!' : '='}${body})`;
    }
    default:
      return null;
  }
}
function all(items: readonly Node[], flags: number, between: string): string | null {
  const parts = items.map(item => written(item, flags));
  return parts.some(p => p === null) ? null : parts.join(between);
}
const START = '(?<![\\s\\S])',
  END = '(?![\\s\\S])';
const bound = (flags: number, not: boolean): string => {
  const word = `[${kinds(flags).w}]`,
    any = '(?:(?<=[\\s\\S])|(?=[\\s\\S]))';
  return not ? `${any}(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))` : `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
};
const PLACES: Readonly<Record<'^' | '$' | 'A' | 'Z' | 'b' | 'B', (flags: number) => string>> = {
  A: () => START,
  Z: () => END,
  '^': flags => (flags & FLAG.multiline ? `(?:${START}|(?<=\\n))` : START),
  $: flags => (flags & FLAG.multiline ? `(?=\\n|${END})` : `(?=\\n?${END})`),
  b: flags => bound(flags, false),
  B: flags => bound(flags, true),
};

function captures(node: Node): boolean {
  return inside(node).some(captures) || (node.op === 'group' && node.index !== null);
}
/** Whether a turn may leave a group as it was. */
function forgets(node: Node): boolean {
  switch (node.op) {
    case 'branch':
    case 'choice':
      return captures(node);
    case 'repeat':
      return node.least === 0 ? captures(node) : forgets(node.body);
    default:
      return inside(node).some(forgets);
  }
}
function inside(node: Node): readonly Node[] {
  if ('items' in node && node.op !== 'class') return node.items;
  if ('body' in node) return [node.body];
  return node.op === 'choice' ? [node.yes, node.no] : [];
}
