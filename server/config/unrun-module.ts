/** A module that is there and is not run: all of it is unknown, and what is made with it. */
import { Opaque } from '../python/types/opaque.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';

export class UnrunModule extends Opaque {
  constructor(name: string) {
    super(name, true);
  }
  override member(name: string): Value {
    return new UnknownValue(`${this.what}.${name}`);
  }
}
