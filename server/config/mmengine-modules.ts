/** `mmengine.config` and `mmengine` as a config's own imports see them. */

import type { ModuleFinder } from '../python/import/finder.ts';
import { nativeFinder } from '../python/import/folder-finder.ts';
import { type NativeModule, nativeModule } from '../python/import/native-module.ts';
import { methods, native } from '../python/native.ts';
import { nativeType } from '../python/type.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import { Obj, type Value } from '../python/value.ts';
import { CONFIG_DICT } from './config-dict.ts';

const CONTEXT = nativeType<Obj>('_GeneratorContextManager', { hash: self => self }, { module: 'contextlib' });
class Context extends Obj {}
methods<Obj>(CONTEXT, { '__enter__()': () => null, '__exit__(type, value, traceback, /)': () => false });

/** Marks the bases of a lazy config; does nothing by itself. */
const readBase = native('read_base()', () => new Context(CONTEXT));

/** A class of mmengine's that a config may name, and that is not here. */
export class NamedClass extends UnknownValue {
  readonly qualified: string;
  constructor(qualified: string) {
    super(qualified);
    this.qualified = qualified;
  }
  override derived(): UnknownValue {
    return new UnknownValue(this.reason, this.site);
  }
}

const Config = new NamedClass('mmengine.config.config.Config');
const config: Readonly<Record<string, Value>> = {
  read_base: readBase,
  ConfigDict: CONFIG_DICT,
  Config,
  DictAction: new NamedClass('mmengine.config.config.DictAction'),
};
/** Whatever else the real one has can be imported, and is unknown. */
const module = (name: string, members: Readonly<Record<string, Value>>): NativeModule => ({
  ...nativeModule(name, members),
  member: wanted => {
    if (Object.hasOwn(members, wanted)) return members[wanted];
    return wanted === 'config' || (/^__.*__$/.test(wanted) && wanted !== '__version__') ? undefined : new UnknownValue(`${name}.${wanted}`);
  },
});

export const mmengineFinder: ModuleFinder = nativeFinder({
  mmengine: () => ({ kind: 'native', module: module('mmengine', { Config, ConfigDict: CONFIG_DICT }) }),
  'mmengine.config': () => ({ kind: 'native', module: module('mmengine.config', config) }),
  'mmengine.config.config': () => ({ kind: 'native', module: module('mmengine.config.config', config) }),
});

/** Full names of what is not named after its place. */
export const QUALIFIED: ReadonlyMap<Value, string> = new Map([[readBase, 'mmengine.config.config.read_base']]);
