/** What stands for an imported class or module in a lazy config (`mmengine.config.LazyObject`, `LazyAttr`): a name, never the thing. */
import { raise } from '../python/exception.ts';
import { nativeType, type Type } from '../python/type.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import { Obj, type Value } from '../python/value.ts';

export class LazyReference extends Obj {
  /** Last part of the name, which is how mmengine prints it. */
  readonly name: string;
  /** Full dotted name: `mmdet.models.ResNet`. */
  readonly dotted: string;
  /** Null for a module (`import torch.nn as nn`): then `name` is all of its name. */
  readonly module: string | null;
  constructor(type: Type, module: string | null, name: string) {
    super(type);
    this.module = module;
    this.name = name;
    this.dotted = module === null ? name : `${module}.${name}`;
  }
}

/** Names that both classes or `object` have, and those that Python looks for in the class alone: all others lead on. */
const OWN = new Set(
  `abs add aenter aexit aiter and anext await bool bytes call class complex contains deepcopy delattr delete delitem dict dir divmod doc enter eq exit float
  floordiv format ge get getattr getattribute getitem getnewargs getnewargs_ex getstate gt hash iadd iand ifloordiv ilshift imatmul imod imul index init
  init_subclass int invert ior ipow irshift isub iter itruediv ixor le len length_hint lshift lt matmul missing mod module mul ne neg new next or pos pow
  radd rand rdivmod reduce reduce_ex repr reversed rfloordiv rlshift rmatmul rmod rmul ror round rpow rrshift rshift rsub rtruediv rxor set set_name setattr
  setitem setstate sizeof str sub subclasshook truediv weakref xor`
    .split(/\s+/)
    .map(name => `__${name}__`),
);
/** Attributes of theirs that tell more than is kept here. */
const OF_OBJECT = new Set(['location', 'build', '_module', '_imported']);
const OF_ATTRIBUTE = new Set(['location', 'build', '_module', 'source']);

function attributeOf(self: LazyReference, name: string): Value | undefined {
  const isAttribute = self.type === LAZY_ATTR;
  if (name === 'module') return self.module ?? self.name;
  if (name === 'name' && isAttribute) return self.name;
  if ((isAttribute ? OF_ATTRIBUTE : OF_OBJECT).has(name)) return new UnknownValue(`${self.type.name}.${name}`);
  return OWN.has(name) ? undefined : new LazyReference(LAZY_ATTR, self.dotted, name);
}

const shared = {
  repr: (self: LazyReference) => self.name,
  hash: (self: LazyReference) => self,
  attribute: attributeOf,
  call: (): never => {
    throw raise('RuntimeError');
  },
};
const LAZY_OBJECT: Type = nativeType<LazyReference>('LazyObject', shared, { module: 'mmengine.config.lazy' });
const LAZY_ATTR: Type = nativeType<LazyReference>('LazyAttr', shared, { module: 'mmengine.config.lazy' });

/** `from module import name`. */
export const lazyName = (module: string, name: string): LazyReference => new LazyReference(LAZY_OBJECT, module, name);
/** `import module as m`, or `import module.part`, which binds the first part. */
export const lazyModule = (module: string): LazyReference => new LazyReference(LAZY_OBJECT, null, module);
