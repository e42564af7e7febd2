/** Every value of a resolved config with its path, the outer before the inner. */
import { alikeIn, type Holder, isHolder } from '../config/alike.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict, type Written } from '../python/types/dict.ts';
import type { Value } from '../python/value.ts';

export interface Placed {
  readonly path: ConfigPath;
  readonly value: Value;
  /** Where the entry of a dict was written; null for an element, and for what was made. */
  readonly written: Written | null;
}

export function valuesOf(of: Pick<ResolvedConfig, 'value'>): readonly Placed[] {
  const found: Placed[] = [];
  walkValues(of.value, (value, written, path) => void found.push({ path: [...path], value, written }));
  return found;
}

/** The same, one by one, for those who look for few of them. `path` holds only until `visit` returns. */
export const walkValues = (whole: Dict, visit: Visit): void => walkWhere(whole, visit, () => true);

/** Of what is alike, the first alone. */
export function walkFirsts(of: Pick<ResolvedConfig, 'value'>, visit: Visit): void {
  const alike = alikeIn(of);
  const seen = new Set<Holder>();
  walkWhere(of.value, visit, holder => {
    const first = alike.first(holder);
    return !seen.has(first) && !!seen.add(first);
  });
}

type Visit = (value: Value, written: Written | null, path: ConfigPath) => void;

function walkWhere(whole: Dict, visit: Visit, isEntered: (holder: Holder) => boolean): void {
  const path: (string | number)[] = [];
  const walk = (value: Value): void => {
    if (path.length > DEEPEST || !isHolder(value) || !isEntered(value)) return;
    if (value instanceof Dict) {
      for (const { key, value: inner, written } of value.entries.values()) {
        const name = plain(key);
        path.push(typeof name === 'number' ? name : String(name));
        visit(inner, written, path);
        walk(inner);
        path.pop();
      }
    } else {
      for (const [i, item] of value.items.entries()) {
        path.push(i);
        visit(item, null, path);
        walk(item);
        path.pop();
      }
    }
  };
  walk(whole);
}
const DEEPEST = 200;
