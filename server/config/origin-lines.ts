/**
 * A line for each value of a resolved config: where its key and its value were written, through names back to the literals, and what it overrode, base by base:
 * `model.neck.width = 128  a.py:3:23, value a.py:3:29  computed from a.py:3:33, base.py:7:16  overrides base.py:20:15 (256)`.
 */
import { repr } from '../python/operate.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site, Value } from '../python/value.ts';
import { originAt } from './origins.ts';
import { formatPath } from './path.ts';
import type { ConfigPath, Origin, ResolvedConfig } from './resolved.ts';
import { sameSite } from './sites.ts';

export function originLines(config: ResolvedConfig, show: Show): readonly string[] {
  const lines: string[] = [];
  const walk = (value: Value, path: ConfigPath): void => {
    if (path.length) lines.push(`${formatPath(path)} = ${brief(value)}${told(originAt(config, path), show)}`);
    if (value instanceof Dict) for (const [k, e] of value.entries) walk(e.value, [...path, typeof k === 'number' ? k : String(k)]);
    else if (value instanceof List || value instanceof Tuple) for (const [i, item] of value.items.entries()) walk(item, [...path, i]);
  };
  walk(config.value, []);
  return lines;
}

/** How a site is shown: `a.py:3:23`; and what is written there. */
export interface Show {
  place(site: Site): string;
  text(site: Site): string;
}

function told(origin: Origin | undefined, { place, text }: Show): string {
  if (!origin) return '';
  const { key, value, literals } = origin;
  const apart = sameSite(key, value) ? '' : `, value ${place(value)}`;
  const from = literals.length ? `  ${literals.length > 1 ? 'computed from' : 'from'} ${literals.map(place).join(', ')}` : '';
  const overridden: string[] = [];
  for (let o = origin.overrides; o; o = o.overrides) overridden.push(`${place(o.key)} (${short(text(o.value))})`);
  return `  ${place(key)}${apart}${from}${overridden.length ? `  overrides ${overridden.join(', ')}` : ''}`;
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
const LONGEST = 40;

/** Containers are told by what is in them. */
function brief(value: Value): string {
  if (value instanceof Dict) return `dict of ${value.entries.size}`;
  if (value instanceof List || value instanceof Tuple) return `${value instanceof List ? 'list' : 'tuple'} of ${value.items.length}`;
  if (value instanceof UnknownValue) return `unknown (${value.reason})`;
  return repr(value);
}
