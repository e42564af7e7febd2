/** `int.real`, `slice.start`: what the values of a native type tell of themselves, as a member that their class shows. */
import { raise } from '../exception.ts';
import { nativeType, type Type } from '../type.ts';
import { Obj, type Value } from '../value.ts';

class TypeAttribute extends Obj {
  readonly name: string;
  readonly owner: Type;
  readonly read: (self: Value) => Value;
  constructor(kind: Type, name: string, owner: Type, read: (self: Value) => Value) {
    super(kind);
    this.name = name;
    this.owner = owner;
    this.read = read;
  }
}
const kind = (name: string, shown: string, readOnly: (self: TypeAttribute) => string): Type =>
  nativeType<TypeAttribute>(name, {
    hash: self => self,
    repr: self => `<${shown} '${self.name}' of '${self.owner.name}' objects>`,
    get: (self, instance) => (instance === undefined ? self : self.read(instance)),
    set(self) {
      throw raise('AttributeError', readOnly(self));
    },
    delete(self) {
      throw raise('AttributeError', readOnly(self));
    },
    attribute: (self, name) => (name === '__name__' ? self.name : name === '__objclass__' ? self.owner : undefined),
  });
export const GETSET = kind(
  'getset_descriptor',
  'attribute',
  self => `attribute '${self.name}' of '${self.owner.name}' objects is not writable`,
);
export const MEMBER = kind('member_descriptor', 'member', () => 'readonly attribute');

/** `stored`: CPython keeps it in the object's own structure, and complains in other words of who would set it. */
export function attributes<T extends Value>(
  owner: Type,
  told: Readonly<Record<string, (self: T) => Value>>,
  stored: 'computed' | 'stored' = 'computed',
): void {
  // Reached through that type's values alone, so `T` is what they get.
  for (const [name, read] of Object.entries(told))
    owner.members.set(name, new TypeAttribute(stored === 'stored' ? MEMBER : GETSET, name, owner, read as (self: Value) => Value));
}
