/** A line for each value of a resolved config: `model.neck.in_channels[2] = 2048  a.py:3:23  computed from base.py:7:16  overrides base.py:20:15`. */
import { repr } from '../python/operate.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site, Value } from '../python/value.ts';
import { originAt } from './origins.ts';
import { formatPath } from './path.ts';
import type { ConfigPath, Origin, ResolvedConfig } from './resolved.ts';

export function originLines(config: ResolvedConfig, place: (site: Site) => string): readonly string[] {
  const lines: string[] = [];
  const walk = (value: Value, path: ConfigPath): void => {
    if (path.length) lines.push(`${formatPath(path)} = ${brief(value)}${told(originAt(config, path), place)}`);
    if (value instanceof Dict) for (const [k, e] of value.entries) walk(e.value, [...path, typeof k === 'number' ? k : String(k)]);
    else if (value instanceof List || value instanceof Tuple) for (const [i, item] of value.items.entries()) walk(item, [...path, i]);
  };
  walk(config.value, []);
  return lines;
}

function told(origin: Origin | undefined, place: (site: Site) => string): string {
  if (!origin) return '';
  const from = origin.literals.length ? `  computed from ${origin.literals.map(place).join(', ')}` : '';
  const overridden: string[] = [];
  for (let o = origin.overrides; o; o = o.overrides) overridden.push(place(o.key));
  return `  ${place(origin.key)}${from}${overridden.length ? `  overrides ${overridden.join(', ')}` : ''}`;
}

/** Containers are told by what is in them. */
function brief(value: Value): string {
  if (value instanceof Dict) return `dict of ${value.entries.size}`;
  if (value instanceof List || value instanceof Tuple) return `${value instanceof List ? 'list' : 'tuple'} of ${value.items.length}`;
  if (value instanceof UnknownValue) return `unknown (${value.reason})`;
  return repr(value);
}
