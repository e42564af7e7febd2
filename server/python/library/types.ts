import { call } from '../call.ts';
import { classHead } from '../class.ts';
import { CELL } from '../closure.ts';
import { ASYNC_GENERATOR, COROUTINE, makeAwaitable } from '../coroutine.ts';
import { PROPERTY } from '../descriptor.ts';
import { raise } from '../exception.ts';
import { CODE, FUNCTION, METHOD, PyFunction } from '../function.ts';
import { GENERATOR } from '../generator.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { setMethod } from '../instantiate.ts';
import { MODULE, Module, touchCell } from '../module.ts';
import { BUILTIN, METHOD_DESCRIPTOR, native } from '../native.ts';
import { METHOD_WRAPPER, SLOT_WRAPPER } from '../native-object.ts';
import { compare, repr, setItem, toArray, truth, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { GETSET, MEMBER } from '../types/attribute-of-type.ts';
import { Dict } from '../types/dict.ts';
import { TRACEBACK } from '../types/exception-methods.ts';
import { GENERIC_ALIAS, UNION } from '../types/generic-alias.ts';
import { NONE } from '../types/int.ts';
import { mappingProxy, namespaceOf } from '../types/namespace.ts';
import { ABSENT, ELLIPSIS, NOT_IMPLEMENTED } from '../types/singleton.ts';
import { Tuple } from '../types/tuple.ts';
import { Instance, type Value } from '../value.ts';
import { FRAME } from './sys.ts';

const SIMPLE: Type = nativeType<Instance>(
  'SimpleNamespace',
  {
    repr: self => `namespace(${[...self.attributes].map(([k, v]) => `${k}=${repr(v)}`).join(', ')})`,
    compare: (self, operator, other) =>
      other instanceof Instance && other.type.isA(SIMPLE) && (operator === '==' || operator === '!=')
        ? truth(compare(operator, namespaceOf(self.attributes), namespaceOf(other.attributes)))
        : undefined,
  },
  {
    module: 'types',
    make: (type, _args, named) => {
      const made = new Instance(type);
      for (const [k, v] of named ?? []) made.attributes.set(k, v);
      return made;
    },
  },
);

/** Of these we make no values: what they are for is unknown. */
const CLASSMETHOD_DESCRIPTOR = nativeType('classmethod_descriptor', {});

// It compares by value.
delete SIMPLE.abilities.hash;
SIMPLE.members.set('__hash__', null);

/** A class whose names a function fills in. */
function newClass(name: string, bases: readonly Value[], named: Value, body: Value): Value {
  const keywords = new Map(named instanceof Dict ? [...named.entries].map(([k, e]) => [String(k), e.value]) : []),
    head = classHead(name, bases, keywords.size ? keywords : null),
    space = head.space ?? new Dict();
  if (!head.space) for (const [k, v] of head.members) setItem(space, k, v);
  if (body !== null) call(body, [space]);
  if (head.original) setItem(space, '__orig_bases__', new Tuple(head.original));
  return call(head.meta, [name, new Tuple(head.bases), space], head.named);
}

// It has its name from here, and a class made of it may tell another.
MODULE.initializes = true;
setMethod(MODULE, '__init__', ([self, ...args], named) => {
  if (!(self instanceof Module)) return unknown('module.__init__ of what is no module');
  const [name = '', doc = null] = toArray(given.run(args, named)),
    told = plain(name);
  if (typeof told !== 'string') throw raise('TypeError', `module() argument 'name' must be str, not ${typeName(name)}`);
  if (self.made) self.name = told;
  const names = { __name__: name, __doc__: doc, __package__: null, __loader__: null, __spec__: null };
  for (const [own, value] of Object.entries(names)) {
    touchCell(self.cell(own));
    self.put(own, value);
  }
  return null;
});
const given = native('module(name, doc=None)', (name = null, doc = null) => new Tuple([name, doc]));

export function typesModule(): NativeModule {
  return nativeModule('types', {
    SimpleNamespace: SIMPLE,
    FunctionType: FUNCTION,
    LambdaType: FUNCTION,
    MethodType: METHOD,
    BuiltinFunctionType: BUILTIN,
    BuiltinMethodType: BUILTIN,
    MethodDescriptorType: METHOD_DESCRIPTOR,
    WrapperDescriptorType: SLOT_WRAPPER,
    GeneratorType: GENERATOR,
    CoroutineType: COROUTINE,
    AsyncGeneratorType: ASYNC_GENERATOR,
    coroutine: native('coroutine(func)', (func = null) => {
      if (!(func instanceof PyFunction)) return unknown('types.coroutine of what is no function');
      if (func.code.generator && !func.code.asynchronous) makeAwaitable(func.code);
      return func;
    }),
    ModuleType: MODULE,
    MappingProxyType: mappingProxy(),
    GenericAlias: GENERIC_ALIAS,
    UnionType: UNION,
    NoneType: NONE,
    EllipsisType: ELLIPSIS.type,
    NotImplementedType: NOT_IMPLEMENTED.type,
    CodeType: CODE,
    FrameType: FRAME,
    TracebackType: TRACEBACK,
    GetSetDescriptorType: GETSET,
    MemberDescriptorType: MEMBER,
    MethodWrapperType: METHOD_WRAPPER,
    ClassMethodDescriptorType: CLASSMETHOD_DESCRIPTOR,
    CellType: CELL,
    DynamicClassAttribute: PROPERTY,
    new_class: native('new_class(name, bases=?, kwds=None, exec_body=None)', (name = '', bases = ABSENT, named = null, body = null) =>
      newClass(String(plain(name)), bases === ABSENT ? [] : toArray(bases), named, body),
    ),
  });
}
