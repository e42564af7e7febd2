/** A dict of a resolved config at its place, read by kind: what is not written, or not of that kind, is undefined; what cannot be known is neither there nor absent. */
import { LazyReference } from '../config/lazy-reference.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';

/** `given`: something other than None. `unknown`: an expression that could not be read. */
export type Presence = 'given' | 'none' | 'absent' | 'unknown';

export class Part {
  readonly path: ConfigPath;
  readonly dict: Dict;
  constructor(path: ConfigPath, dict: Dict) {
    this.path = path;
    this.dict = dict;
  }
  /** As written, or the dotted name of the class that a lazy config imports. */
  get type(): string | undefined {
    const type = this.value('type');
    return type instanceof LazyReference ? type.dotted : textIn(type);
  }
  /** Without the scope or the module before it. */
  get typeName(): string | undefined {
    return this.type?.split('.').at(-1);
  }
  value(key: string): Exclude<Value, undefined> | undefined {
    const value = this.dict.get(key);
    return value === undefined ? undefined : plain(value);
  }
  presence(key: string): Presence {
    const value = this.value(key);
    return value === undefined ? 'absent' : value === null ? 'none' : value instanceof UnknownValue ? 'unknown' : 'given';
  }
  isGiven(key: string): boolean {
    return this.presence(key) === 'given';
  }
  text(key: string): string | undefined {
    return textIn(this.value(key));
  }
  number(key: string): number | undefined {
    return numberIn(this.value(key));
  }
  flag(key: string): boolean | undefined {
    const value = this.value(key);
    return typeof value === 'boolean' ? value : undefined;
  }
  part(key: string): Part | undefined {
    return partAt(this.value(key), [...this.path, key]);
  }
  /** Of a list of dicts, or of one dict: those that are. */
  parts(key: string): readonly Part[] {
    return partsIn(this.value(key), [...this.path, key]);
  }
  at(key: string): ConfigPath {
    return [...this.path, key];
  }
}

export const partAt = (value: Value | undefined, path: ConfigPath): Part | undefined => {
  const dict = value === undefined ? undefined : plain(value);
  return dict instanceof Dict ? new Part(path, dict) : undefined;
};
export function partsIn(value: Value | undefined, path: ConfigPath): readonly Part[] {
  const single = partAt(value, path);
  return single ? [single] : (itemsIn(value) ?? []).flatMap((item, i) => partAt(item, [...path, i]) ?? []);
}

/** Undefined where it is no list or tuple. */
export function itemsIn(value: Value | undefined): readonly Value[] | undefined {
  const list = value === undefined ? undefined : plain(value);
  return list instanceof List || list instanceof Tuple ? list.items : undefined;
}
export function textIn(value: Value | undefined): string | undefined {
  const text = value === undefined ? undefined : plain(value);
  return typeof text === 'string' ? text : undefined;
}
export function numberIn(value: Value | undefined): number | undefined {
  const number = value === undefined ? undefined : plain(value);
  return typeof number === 'number' ? number : number instanceof Float ? number.value : undefined;
}
/** Undefined where one of them is no text. */
export function textsIn(value: Value | undefined): readonly string[] | undefined {
  const texts = itemsIn(value)?.map(textIn);
  return texts?.every(text => text !== undefined) ? texts : undefined;
}
