import { abstractNames } from '../abstract.ts';
import { setAttribute } from '../attribute.ts';
import { call } from '../call.ts';
import { CLASSMETHOD, PROPERTY, STATICMETHOD } from '../descriptor.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { ABCMETA } from '../metaclasses.ts';
import { Native, native } from '../native.ts';
import { unknown } from '../stop.ts';
import { OBJECT, Type } from '../type.ts';
import { Obj, type Value } from '../value.ts';

const ABC = new Type({ name: 'ABC', module: 'abc', bases: [OBJECT], meta: ABCMETA });

function marked(fn: Value): Value {
  if (fn instanceof Native || !(fn instanceof Obj)) return fn;
  // Properties and the like ask the function within.
  if (fn.attributes) setAttribute(fn, '__isabstractmethod__', true);
  return fn;
}

export const abcModule = (): NativeModule =>
  nativeModule('abc', {
    ABC,
    ABCMeta: ABCMETA,
    abstractmethod: native('abstractmethod(funcobj, /)', (fn = null) => marked(fn)),
    get_cache_token: native('get_cache_token()', () => unknown('abc.get_cache_token')),
    update_abstractmethods: native('update_abstractmethods(cls)', (type = null) => {
      if (type instanceof Type && type.type.isA(ABCMETA)) type.abstract = abstractNames(type);
      return type;
    }),
    abstractproperty: native('abstractproperty(fget, /)', (fn = null) => call(PROPERTY, [marked(fn)])),
    abstractclassmethod: native('abstractclassmethod(fn, /)', (fn = null) => call(CLASSMETHOD, [marked(fn)])),
    abstractstaticmethod: native('abstractstaticmethod(fn, /)', (fn = null) => call(STATICMETHOD, [marked(fn)])),
  });
