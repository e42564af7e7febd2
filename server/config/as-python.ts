/** A resolved config as Python: what one would have to write to get it without bases. */
import { repr } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { Dict, type Entry } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { PySet, SET } from '../python/types/set.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import { Obj, type Value } from '../python/value.ts';
import { KEYWORDS } from '../syntax/keywords.ts';
import { referenceOf } from './canonical.ts';
import { isCode } from './evaluate.ts';
import { LazyReference } from './lazy-reference.ts';
import type { ConfigPath, ResolvedConfig } from './resolved.ts';
import { sameSite } from './sites.ts';

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

/** As mmengine prints one: what a lazy config imports are names of its text and no part of it. */
export const linesOfConfig = ({ value }: Pick<ResolvedConfig, 'value'>): readonly PythonLine[] =>
  [...value.entries.values()]
    .filter(e => !isImport(e))
    .flatMap(e => {
      const name = String(plain(e.key));
      // JSON and YAML take any text for a key.
      return linesOf(e.value, [name], isName(name) ? `${name} = ` : `globals()[${repr(name)}] = `, '', 0);
    });

/** An assignment has a place for the name and one for the value; what an import or a `def` binds has not. */
const isImport = ({ value, written }: Entry): boolean =>
  (!written || sameSite(written.key, written.value)) && (isCode(value) || value instanceof LazyReference);

/** What fits on a line stands on one; else each part begins its own. */
function linesOf(value: Value, path: ConfigPath, before: string, after: string, indent: number): readonly PythonLine[] {
  const space = ' '.repeat(indent);
  const flat = onOneLine(value);
  if (
    indent + before.length + flat.length + after.length <= WIDTH ||
    !(value instanceof Dict || value instanceof List || value instanceof Tuple)
  )
    return [
      { text: `${space}${before}${flat}${after}${value instanceof UnknownValue ? `  # not known: ${oneLine(value.reason)}` : ''}`, path },
    ];
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
  const names = entries.every(({ key }) => typeof key === 'string' && isName(key));
  const parts = entries.map(({ key, value: inner }): Part => {
    const step = typeof key === 'number' ? key : String(key);
    return { step, before: names ? `${step}=` : `${repr(key)}: `, value: inner };
  });
  return names ? ['dict(', ')', parts] : ['{', '}', parts];
}

export function onOneLine(value: Value): string {
  if (value instanceof Dict || value instanceof List || value instanceof Tuple) {
    const [open, close, parts] = partsOf(value);
    const comma = value instanceof Tuple && parts.length === 1 ? ',' : '';
    return `${open}${parts.map(part => part.before + onOneLine(part.value)).join(', ')}${comma}${close}`;
  }
  if (value instanceof UnknownValue) return '...';
  if (value instanceof LazyReference) return repr(value.dotted);
  if (value instanceof PySet && value.items.size) {
    const items = [...value.items.values()].map(onOneLine).join(', ');
    return value.type === SET ? `{${items}}` : `frozenset({${items}})`;
  }
  const v = plain(value);
  if (v instanceof Float && !Number.isFinite(v.value)) return `float(${repr(repr(v))})`;
  const name = v instanceof Obj ? referenceOf(v) : null;
  return name === null ? repr(v) : repr(name);
}

const isName = (key: string): boolean => /^[A-Za-z_]\w*$/.test(key) && !KEYWORDS.has(key);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
