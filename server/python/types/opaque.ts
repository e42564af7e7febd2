/**
 * What is there in the real environment and cannot be run here: a compiled module, a package we have no stand-in for. It can be imported, named and handed on;
 * whoever asks it for anything that matters ends the run.
 */
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { Obj, type Value } from '../value.ts';

export class Opaque extends Obj {
  /** `cv2.INTER_LINEAR`: names what is missing. */
  readonly what: string;
  readonly module: boolean;
  readonly #members = new Map<string, Value>();
  constructor(what: string, module = false) {
    super(OPAQUE);
    this.what = what;
    this.module = module;
  }
  /** The same member each time, so that it is itself. */
  member(name: string): Value {
    let member = this.#members.get(name);
    if (member === undefined) this.#members.set(name, (member = new Opaque(`${this.what}.${name}`)));
    return member;
  }
  put(name: string, value: Value): void {
    this.#members.set(name, value);
  }
}
/** A class or function whose name and place are known, and nothing else of it. */
export function opaqueMade(what: string, name: string, qualname: Value, module: Value): Opaque {
  const made = new Opaque(what);
  made.put('__name__', name);
  made.put('__qualname__', qualname);
  made.put('__module__', module);
  made.put('__isabstractmethod__', false);
  return made;
}

const stop = (self: Opaque): never => unknown(self.what);
const OPAQUE: Type = nativeType<Opaque>('opaque', {
  repr: stop,
  str: stop,
  format: stop,
  hash: stop,
  length: stop,
  iterate: stop,
  next: stop,
  item: stop,
  setItem: stop,
  deleteItem: stop,
  contains: stop,
  unary: stop,
  binary: stop,
  augment: stop,
  compare: stop,
  call: stop,
  index: stop,
  float: stop,
  truth: self => self.module || stop(self),
  lookup: (self, name) => self.member(name),
  setAttribute: (self, name, value) => self.put(name, value),
  deleteAttribute: stop,
  is: (self, other) => (self === other ? true : self.module && other === null ? false : stop(self)),
  instanceOf: stop,
  hasInstance: stop,
});
