/** A value as Python writes it, cut to what a reader takes in. */
import { LazyReference } from '../config/lazy-reference.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float, floatText } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';

const MOST_ITEMS = 12;
const DEEPEST = 3;

export function shownValue(value: Value, depth = 0): string {
  const v = plain(value);
  if (v === null) return 'None';
  if (typeof v === 'boolean') return v ? 'True' : 'False';
  if (typeof v === 'string')
    return v.length > 80 ? `'${v.slice(0, 77)}…'` : `'${v.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`;
  if (typeof v === 'number' || typeof v === 'bigint') return String(v);
  if (v instanceof UnknownValue) return '…';
  if (v instanceof Float) return floatText(v.value);
  if (v instanceof List) return items(v.items, '[', ']', depth);
  if (v instanceof Tuple) return items(v.items, '(', v.items.length === 1 ? ',)' : ')', depth);
  if (v instanceof Dict) return dict(v, depth);
  if (v instanceof LazyReference) return v.dotted;
  return `<${v.type.name}>`;
}

function items(all: readonly Value[], open: string, close: string, depth: number): string {
  if (depth >= DEEPEST && all.length) return `${open}…${close}`;
  const shown = all.slice(0, MOST_ITEMS).map(v => shownValue(v, depth + 1));
  return `${open}${shown.join(', ')}${all.length > MOST_ITEMS ? ', …' : ''}${close}`;
}

function dict(value: Dict, depth: number): string {
  const entries = [...value.entries.values()];
  if (!entries.length) return 'dict()';
  if (depth >= DEEPEST) return 'dict(…)';
  const indent = '    '.repeat(depth + 1);
  const lines = entries.map(({ key, value: item }) => {
    const name = plain(key);
    return typeof name === 'string' && /^[A-Za-z_]\w*$/.test(name)
      ? `${name}=${shownValue(item, depth + 1)}`
      : `**{${shownValue(key)}: ${shownValue(item, depth + 1)}}`;
  });
  const line = lines.join(', ');
  return line.length <= 70 && !line.includes('\n') ? `dict(${line})` : `dict(\n${lines.map(l => indent + l).join(',\n')})`;
}
