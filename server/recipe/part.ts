/** A dict of a resolved config at its place, read by kind: what is not written, or not of that kind, is undefined; what cannot be known is neither there nor absent. */

import { itemsFrom, numberFrom, textFrom } from '../config/from-value.ts';
import { LazyReference } from '../config/lazy-reference.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
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
    return type instanceof LazyReference ? type.dotted : textFrom(type);
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
    return textFrom(this.value(key));
  }
  number(key: string): number | undefined {
    return numberFrom(this.value(key));
  }
  flag(key: string): boolean | undefined {
    const value = this.value(key);
    return typeof value === 'boolean' ? value : undefined;
  }
  part(key: string): Part | undefined {
    const value = this.value(key);
    return value instanceof Dict ? new Part(this.at(key), value) : undefined;
  }
  /** Of a list of dicts, or of one dict: those that are. */
  parts(key: string): readonly Part[] {
    const value = this.value(key);
    return value === undefined ? [] : partsIn(value, this.at(key));
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
  return single ? [single] : (itemsFrom(value) ?? []).flatMap((item, i) => partAt(item, [...path, i]) ?? []);
}
