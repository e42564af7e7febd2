/** Which class is taken for a kind of which: by ancestry, by registration, and by what abstract classes say. */
import { call } from './call.ts';
import { ABCMETA } from './metaclasses.ts';
import { Native } from './native.ts';
import { abilities, truth, typeOf } from './operate.ts';
import { TYPE, type Type } from './type.ts';
import type { Value } from './value.ts';

/** `isinstance(x, of)` for x's class, `issubclass`: ancestors, what was registered, and what a class of ours or of the program's takes for its own. */
export function isSubclass(type: Type, of: Type): boolean {
  if (type.isA(of)) return true;
  const { registered, accepts } = of;
  if (registered && type.ancestors.some(t => registered.has(t))) return true;
  if (accepts?.(type)) return true;
  if (!of.custom || !typeOf(of).isA(ABCMETA)) return false;
  let known = answers.get(of);
  if (known?.registrations !== registrations) answers.set(of, (known = { registrations, said: new WeakMap() }));
  let said = known.said.get(type);
  if (said === undefined) known.said.set(type, (said = claims(of, type)));
  return said;
}
/** What abstract classes said, kept as CPython keeps it: until something is registered. */
const answers = new WeakMap<Type, { readonly registrations: number; readonly said: WeakMap<Type, boolean> }>();
let registrations = 0;
export function forgetAnswers(): void {
  registrations++;
}
function claims(of: Type, type: Type): boolean {
  const hook = of.find('__subclasshook__');
  if (hook !== undefined) {
    const said = call(abilities(hook).get?.(hook, undefined, of) ?? hook, [type]);
    if (typeof said === 'boolean') return said;
  }
  return of.children.some(child => isSubclass(type, child));
}

/** `isinstance` and `issubclass` as a metaclass of the program's may say otherwise. */
export function checked(name: Check, of: Type, given: Value, otherwise: () => boolean): boolean {
  const own = ownCheck(name, of);
  return own === undefined ? otherwise() : truth(call(own, [of, given]));
}
type Check = '__instancecheck__' | '__subclasscheck__';
/** What a metaclass of the program's asks instead. */
export function ownCheck(name: Check, of: Type): Value | undefined {
  const meta = typeOf(of);
  if (meta === TYPE || meta === ABCMETA) return undefined;
  const own = meta.find(name);
  return own instanceof Native ? undefined : own;
}
