/** Which classes a class statement may name together. */
import { raise } from './exception.ts';
import { toldSlots } from './slots.ts';
import type { Type } from './type.ts';

/** Complains of bases that are named twice, that let none derive from them, and of two whose values differ in their form in memory. */
export function refuseBases(bases: readonly Type[]): void {
  const twice = bases.find((b, i) => bases.indexOf(b) !== i);
  if (twice) throw raise('TypeError', `duplicate base class ${twice.name}`);
  const final = bases.find(b => FINAL.has(b.name) && !b.custom);
  if (final) throw raise('TypeError', `type '${final.name}' is not an acceptable base type`);
  let most: Type | null = null;
  for (const base of bases) {
    const own = solidBase(base);
    if (!own || most?.isA(own)) continue;
    if (most && !own.isA(most)) throw raise('TypeError', 'multiple bases have instance lay-out conflict');
    most = own;
  }
}
const FINAL = new Set([
  'builtin_function_or_method',
  'method_descriptor',
  'wrapper_descriptor',
  'mappingproxy',
  'dict_keys',
  'dict_values',
  'dict_items',
  'memoryview',
  'coroutine',
  'code',
  'bool',
  'NoneType',
  'slice',
  'range',
  'function',
  'method',
  'generator',
  'ellipsis',
  'NotImplementedType',
]);

/** Whose values have a form in memory of their own, which a class can have of one of them alone. */
function solidBase(type: Type): Type | null {
  return (
    type.ancestors.find(t =>
      t.custom
        ? isLaidOut(t)
        : (SOLID.has(t.name) && t.module === 'builtins') || (t.module === 'collections' && SOLID_COLLECTIONS.has(t.name)),
    ) ?? null
  );
}
const SOLID_COLLECTIONS = new Set(['OrderedDict', 'defaultdict', 'deque']);
const SOLID = new Set(
  (
    'int float complex str bytes bytearray list tuple dict set frozenset type property staticmethod classmethod BaseException OSError SyntaxError UnicodeDecodeError UnicodeEncodeError ' +
    'UnicodeTranslateError StopIteration ImportError SystemExit AttributeError NameError BaseExceptionGroup'
  ).split(' '),
);
/** Their values' own part has no fixed size, so none stand behind it. */
export function refuseSlots(bases: readonly Type[], slots: readonly string[]): void {
  const sized =
    slots.some(name => name !== '__dict__') &&
    bases.flatMap(b => b.ancestors).find(t => !t.custom && t.module === 'builtins' && SIZED.has(t.name));
  if (sized)
    throw raise('TypeError', `nonempty __slots__ not supported for subtype of '${bases.find(b => b.isA(sized))?.name ?? sized.name}'`);
}
const SIZED = new Set(['int', 'tuple', 'bytes']);
/** With slots that have names. */
function isLaidOut(type: Type): boolean {
  const told = type.members.get('__slots__');
  return told !== undefined && (toldSlots(type.name, type.members) ?? []).some(name => name !== '__dict__' && name !== '__weakref__');
}
