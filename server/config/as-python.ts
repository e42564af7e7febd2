/** A resolved config as Python: what one would have to write to get it without bases. */
import { repr } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import { Obj, type Value } from '../python/value.ts';
import { referenceOf } from './canonical.ts';
import { LazyReference } from './lazy-reference.ts';
import type { ConfigPath, ResolvedConfig } from './resolved.ts';

const WIDTH = 100;

/** A line, and the path of what it begins with: where it leads back to. A bracket that closes belongs to what it closes. */
export interface PythonLine {
  readonly text: string;
  readonly path: ConfigPath;
}

export const configAsPython = (config: ResolvedConfig): string =>
  linesOfConfig(config)
    .map(({ text }) => `${text}\n`)
    .join('');

export const linesOfConfig = ({ value }: Pick<ResolvedConfig, 'value'>): readonly PythonLine[] =>
  [...value.entries.values()].flatMap(e => {
    const name = String(plain(e.key));
    return linesOf(e.value, [name], `${name} = `, '', 0);
  });

/** What fits on a line stands on one; else each part begins its own. */
function linesOf(value: Value, path: ConfigPath, before: string, after: string, indent: number): readonly PythonLine[] {
  const space = ' '.repeat(indent);
  const flat = onOneLine(value);
  if (
    indent + before.length + flat.length + after.length <= WIDTH ||
    !(value instanceof Dict || value instanceof List || value instanceof Tuple)
  )
    return [{ text: `${space}${before}${flat}${after}`, path }];
  const [open, close, parts] = partsOf(value);
  return [
    { text: `${space}${before}${open}`, path },
    ...parts.flatMap(part => linesOf(part.value, [...path, part.step], part.before, ',', indent + 4)),
    { text: `${space}${close}${after}`, path },
  ];
}

interface Part {
  readonly step: string | number;
  readonly before: string;
  readonly value: Value;
}

/** Keys that are names are written as arguments of `dict`. */
function partsOf(value: Dict | List | Tuple): readonly [open: string, close: string, parts: readonly Part[]] {
  if (!(value instanceof Dict)) {
    const parts = value.items.map((item, step): Part => ({ step, before: '', value: item }));
    return value instanceof List ? ['[', ']', parts] : ['(', ')', parts];
  }
  const entries = [...value.entries.values()].map(e => ({ key: plain(e.key), value: e.value }));
  const names = entries.every(({ key }) => typeof key === 'string' && /^[A-Za-z_]\w*$/.test(key) && !KEYWORDS.has(key));
  const parts = entries.map(({ key, value: inner }): Part => {
    const step = typeof key === 'number' ? key : String(key);
    return { step, before: names ? `${step}=` : `${repr(key)}: `, value: inner };
  });
  return names ? ['dict(', ')', parts] : ['{', '}', parts];
}

function onOneLine(value: Value): string {
  if (value instanceof Dict || value instanceof List || value instanceof Tuple) {
    const [open, close, parts] = partsOf(value);
    const comma = value instanceof Tuple && parts.length === 1 ? ',' : '';
    return `${open}${parts.map(part => part.before + onOneLine(part.value)).join(', ')}${comma}${close}`;
  }
  if (value instanceof UnknownValue) return '...';
  if (value instanceof LazyReference) return repr(value.dotted);
  const v = plain(value);
  return v instanceof Obj ? (referenceOf(v) ?? repr(v)) : repr(v);
}

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
