/** The object that a native function is. Apart from `native.ts`, so that it is there before anything that operates on values is. */
import { nativeType } from './type.ts';
import { type Abilities, type Named, Obj, type Value } from './value.ts';

/** Here too, because `native.ts` needs it as early. */
export { ABSENT } from './types/singleton.ts';

export class Native extends Obj {
  readonly name: string;
  /** `list.append` in complaints where CPython says so. */
  readonly label: string;
  readonly run: (args: readonly Value[], named: Named | null) => Value;
  /** Given to instances as a method. */
  readonly method: boolean;
  /** Where it stands as a special method in a class written in Python: what it does, without the way through a call. */
  ability: Abilities | null = null;
  /** The module that shows it to programs. */
  home: string | null = null;
  /** Whose method it is, where it is bound. */
  bound: Value | undefined = undefined;
  constructor(name: string, label: string, run: Native['run'], method = false) {
    super(method ? METHOD_DESCRIPTOR : BUILTIN);
    this.name = name;
    this.label = label;
    this.run = run;
    this.method = method;
  }
}
/** `list` of `list.append`. */
const owner = (self: Native): string => self.label.slice(0, -self.name.length - 1);
const show = (self: Native): string =>
  self.type === METHOD_WRAPPER
    ? `<method-wrapper '${self.name}' of ${self.bound instanceof Obj ? self.bound.type.name : owner(self)} object at 0x7f0000000000>`
    : !self.method
      ? self.bound === undefined
        ? `<built-in function ${self.name}>`
        : `<built-in method ${self.name} of ${self.bound instanceof Obj ? self.bound.type.name : owner(self)} object at 0x7f0000000000>`
      : self.type === SLOT_WRAPPER
        ? `<slot wrapper '${self.name}' of '${owner(self)}' objects>`
        : `<method '${self.name}' of '${owner(self)}' objects>`;
export const BUILTIN = nativeType<Native>('builtin_function_or_method', {
  repr: show,
  hash: self => self,
  call: (self, args, named) => self.run(args, named),
  attribute: told,
});
/** A special method of a native type, bound. */
export const METHOD_WRAPPER = nativeType<Native>('method-wrapper', {
  repr: show,
  hash: self => self,
  call: (self, args, named) => self.run(args, named),
  attribute: told,
});
/** What every function says of itself. */
function told(self: Native, name: string): Value | undefined {
  switch (name) {
    case '__name__':
      return self.name;
    case '__qualname__':
      return self.label;
    case '__self__':
      return self.bound;
    default:
      return undefined;
  }
}
function bind(self: Native, instance: Value | undefined): Native {
  if (instance === undefined) return self;
  const bound = new Native(self.name, self.label, (args, named) => self.run([instance, ...args], named));
  bound.bound = instance;
  if (self.type === SLOT_WRAPPER) bound.type = METHOD_WRAPPER;
  return bound;
}
const descriptor = {
  repr: show,
  hash: (self: Native) => self,
  call: (self: Native, args: readonly Value[], named: Named | null) => self.run(args, named),
  attribute: told,
  get: bind,
};
export const METHOD_DESCRIPTOR = nativeType<Native>('method_descriptor', descriptor);
/** What a special method of a native type is. */
export const SLOT_WRAPPER = nativeType<Native>('wrapper_descriptor', descriptor);
