/** What stands for an imported class or module in a lazy config (`mmengine.config.LazyObject`, `LazyAttr`): a name, never the thing. */
import { raise } from '../python/exception.ts';
import { nativeType, type Type } from '../python/type.ts';
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

const shared = {
  repr: (self: LazyReference) => self.name,
  hash: (self: LazyReference) => self,
  attribute: (self: LazyReference, name: string): Value | undefined =>
    name.startsWith('__') && name.endsWith('__') ? undefined : new LazyReference(LAZY_ATTR, self.dotted, name),
  call: (): never => {
    throw raise('RuntimeError');
  },
};
export const LAZY_OBJECT: Type = nativeType<LazyReference>('LazyObject', shared, { module: 'mmengine.config.lazy' });
export const LAZY_ATTR: Type = nativeType<LazyReference>('LazyAttr', shared, { module: 'mmengine.config.lazy' });

/** `from module import name`. */
export const lazyName = (module: string, name: string): LazyReference => new LazyReference(LAZY_OBJECT, module, name);
/** `import module as m`, or `import module.part`, which binds the first part. */
export const lazyModule = (module: string): LazyReference => new LazyReference(LAZY_OBJECT, null, module);
