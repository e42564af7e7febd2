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
  constructor(name: string, label: string, run: Native['run'], method = false) {
    super(method ? METHOD_DESCRIPTOR : BUILTIN);
    this.name = name;
    this.label = label;
    this.run = run;
    this.method = method;
  }
}
const show = (self: Native): string => (self.method ? `<method '${self.name}'>` : `<built-in function ${self.name}>`);
export const BUILTIN = nativeType<Native>('builtin_function_or_method', {
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
    default:
      return undefined;
  }
}
export const METHOD_DESCRIPTOR = nativeType<Native>('method_descriptor', {
  repr: show,
  hash: self => self,
  call: (self, args, named) => self.run(args, named),
  attribute: told,
  get: (self, instance) =>
    instance === undefined ? self : new Native(self.name, self.label, (args, named) => self.run([instance, ...args], named)),
});
