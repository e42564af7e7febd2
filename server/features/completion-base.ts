/** What the config has at a path, as far as it could be read: keys of its dicts, and texts. */
// First: the native types are tables that need the operations to be there.
import '../python/operate.ts';
import { isCode } from '../config/evaluate.ts';
import { LazyReference } from '../config/lazy-reference.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';

export interface KnownKey {
  readonly name: string;
  /** Its value in a few words: `dict of mmdet.ResNet`, `0.33`. */
  readonly detail: string;
}

export function keysAt(config: Pick<ResolvedConfig, 'value'> | null, path: ConfigPath): readonly KnownKey[] {
  const value = config && at(config.value, path);
  if (!(value instanceof Dict)) return [];
  return [...value.entries.values()].flatMap(entry => {
    const name = plain(entry.key);
    // What a lazy config imports is no part of it.
    if (path.length === 0 && (entry.value instanceof LazyReference || isCode(entry.value))) return [];
    return typeof name === 'string' && /^\w+$/.test(name) ? [{ name, detail: told(entry.value) }] : [];
  });
}

export function textAt(config: ResolvedConfig | null, path: ConfigPath): string | undefined {
  const value = config && at(config.value, path);
  return typeof value === 'string' ? value : undefined;
}

function at(value: Value, path: ConfigPath): Value | undefined {
  let here: Value | undefined = plain(value);
  for (const step of path) {
    const next: Value | undefined =
      here instanceof Dict
        ? here.get(step)
        : (here instanceof List || here instanceof Tuple) && typeof step === 'number'
          ? here.items[step]
          : undefined;
    if (next === undefined) return undefined;
    here = plain(next);
  }
  return here;
}

function told(value: Value): string {
  const v = plain(value);
  if (v === null) return 'None';
  if (typeof v === 'boolean') return v ? 'True' : 'False';
  if (typeof v === 'string') return v.length > 40 ? 'text' : `'${v}'`;
  if (typeof v === 'number' || typeof v === 'bigint') return String(v);
  if (v instanceof Float) return String(v.value);
  if (v instanceof Dict) {
    const type = v.get('type');
    const name = type === undefined ? null : plain(type);
    return typeof name === 'string' ? name : name instanceof LazyReference ? name.name : 'dict';
  }
  if (v instanceof List) return `list of ${v.items.length}`;
  if (v instanceof LazyReference) return v.name;
  return v instanceof Tuple ? `tuple of ${v.items.length}` : '';
}
