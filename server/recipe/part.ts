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
  readonly dict: Dict;
  #path: ConfigPath | null;
  readonly #around: Part | null;
  readonly #key: string;

  constructor(path: ConfigPath | null, dict: Dict, around: Part | null = null, key = '') {
    this.#path = path;
    this.dict = dict;
    this.#around = around;
    this.#key = key;
  }
  /** Put together when it is asked for: most parts are right, and nobody tells where they stand. */
  get path(): ConfigPath {
    return (this.#path ??= [...(this.#around?.path ?? []), this.#key]);
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
    const value = this.dict.entries.get(key)?.value;
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
    return value instanceof Dict ? new Part(null, value, this, key) : undefined;
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
