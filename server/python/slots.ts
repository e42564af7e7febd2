/** `__slots__`: which names an object may have, and the descriptors that the class has for them. */
import { type Raised, raise } from './exception.ts';
import { toArray, typeName, typeOf } from './operate.ts';
import { plain } from './origin.ts';
import { nativeType, OBJECT, type Type } from './type.ts';
import { Obj, type Value } from './value.ts';

/** What a class has for each slot. The values are kept among the object's attributes, so that what copies those copies them. */
class SlotMember extends Obj {
  readonly name: string;
  readonly owner: string;
  constructor(name: string, owner: string) {
    super(MEMBER);
    this.name = name;
    this.owner = owner;
  }
}
const MEMBER: Type = nativeType<SlotMember>('member_descriptor', {
  repr: self => `<member '${self.name}' of '${self.owner}' objects>`,
  hash: self => self,
  get(self, instance) {
    if (instance === undefined) return self;
    const value = instance instanceof Obj ? instance.attributes?.get(self.name) : undefined;
    if (value === undefined) refuseStranger(self, instance);
    if (value === undefined) throw raise('AttributeError', `'${typeOf(instance).name}' object has no attribute '${self.name}'`);
    return value;
  },
  set(self, instance, value) {
    if (!(instance instanceof Obj) || !instance.type.slots?.has(self.name)) refuseStranger(self, instance);
    if (!(instance instanceof Obj)) return;
    instance.touch();
    instance.attributes?.set(self.name, value);
  },
  delete(self, instance) {
    if (!(instance instanceof Obj) || !instance.attributes?.has(self.name)) throw raise('AttributeError', self.name);
    instance.touch();
    instance.attributes.delete(self.name);
  },
  attribute: (self, name) => (name === '__name__' ? self.name : undefined),
});

function refuseStranger(self: SlotMember, instance: Value): void {
  const type = typeOf(instance);
  if (!type.ancestors.some(t => t.members.get(self.name) === self))
    throw raise('TypeError', `descriptor '${self.name}' for '${self.owner}' objects doesn't apply to a '${type.name}' object`);
}

/** The names that a class's `__slots__` tells, as its body has them: private ones are the class's own. */
export function toldSlots(name: string, members: ReadonlyMap<string, Value>): readonly string[] | null {
  const told = members.get('__slots__');
  if (told === undefined) return null;
  const text = plain(told),
    owner = name.replace(/^_+/, '');
  return (typeof text === 'string' ? [text] : toArray(told).map(slotName)).map(slot =>
    owner && slot.startsWith('__') && !slot.endsWith('__') ? `_${owner}${slot}` : slot,
  );
}

function slotName(v: Value): string {
  const name = plain(v);
  if (typeof name !== 'string') throw raise('TypeError', `__slots__ items must be strings, not '${typeName(v)}'`);
  if (!/^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u.test(name)) throw raise('TypeError', '__slots__ must be identifiers');
  return name;
}

/** Puts a descriptor for each into the class's members. */
export function addSlotMembers(name: string, members: Map<string, Value>): void {
  // Told twice it is still one.
  for (const slot of new Set(toldSlots(name, members) ?? [])) {
    if (slot === '__dict__' || slot === '__weakref__') continue;
    if (members.has(slot)) throw clash(slot);
    members.set(slot, new SlotMember(slot, name));
  }
}
const clash = (slot: string): Raised => raise('ValueError', `'${slot}' in __slots__ conflicts with class variable`);

/** All names that instances may have; null where they may have any. */
export function slotsOf(type: Type): ReadonlySet<string> | null {
  const told = toldSlots(type.name, type.members);
  if (!told || told.includes('__dict__')) return null;
  const out = new Set(told);
  for (const b of type.bases) {
    if (b === OBJECT) continue;
    if (!b.slots) return null;
    for (const n of b.slots) out.add(n);
  }
  return out;
}
