/**
 * A value that cannot be known without running Python: what a config gets from a call of an imported function, from a base that is not there. Whatever is made of
 * it is unknown as well; whoever must decide by it (`if`, `for`, a key of a dict) cannot, and stops: see `config/recovery.ts`.
 */
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { Obj, type Site } from '../value.ts';

export class UnknownValue extends Obj {
  readonly reason: string;
  /** The expression that could not be read. */
  readonly site: Site | null;
  constructor(reason: string, site: Site | null = null) {
    super(UNKNOWN);
    this.reason = reason;
    this.site = site;
  }
  /** What is made of it. */
  derived(): UnknownValue {
    return this;
  }
}

const self = (v: UnknownValue): UnknownValue => v.derived();
const stop = (v: UnknownValue): never => unknown(v.reason);
const nothing = (): void => {};

export const UNKNOWN: Type = nativeType<UnknownValue>('unknown', {
  unary: self,
  binary: self,
  augment: self,
  compare: self,
  item: self,
  call: self,
  length: self,
  lookup: self,
  repr: stop,
  str: stop,
  format: stop,
  truth: stop,
  hash: stop,
  iterate: stop,
  next: stop,
  contains: stop,
  index: stop,
  float: stop,
  is: stop,
  instanceOf: stop,
  hasInstance: stop,
  setItem: nothing,
  deleteItem: nothing,
  setAttribute: nothing,
  deleteAttribute: nothing,
});
