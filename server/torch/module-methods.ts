/**
 * What `nn.Module` does at every attribute that is set, every module that is built and every walk over a network: natively, because a model's building is little
 * else. The signatures, and whatever is rare, stay in the stand-in (`stubs/torch/nn/modules/module.py`); a method that a class of the program's overrides is called.
 */
import { findMethod, getAttribute, noAttribute, setAttribute, storeAttribute } from '../python/attribute.ts';
import { attributeOr, isInstance } from '../python/builtins/functions.ts';
import { call, callMethod } from '../python/call.ts';
import { superOf } from '../python/descriptor.ts';
import { raise } from '../python/exception.ts';
import { Native, native } from '../python/native.ts';
import { hash, iterate, str, toArray, truth, typeOf } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { Dict } from '../python/types/dict.ts';
import { PySet } from '../python/types/set.ts';
import { Tuple } from '../python/types/tuple.ts';
import { type Abilities, type Named, Obj, type Value } from '../python/value.ts';
import {
  children,
  entriesOf,
  isModule,
  isOurs,
  members,
  moduleClass,
  overridden,
  own,
  pairs,
  seconds,
  values,
  walk,
} from './module-walks.ts';
import { TensorObject } from './tensor-object.ts';

/** What the methods need of those who use them. */
export interface ModuleHooks {
  /** A member of a module of the program's: `torch.nn.parameter`, `Parameter`. */
  member(module: string, name: string): Value;
  enter(module: Obj): void;
  leave(module: Obj, args: readonly Value[], result: Value): void;
}

const KINDS = ['_parameters', '_buffers', '_modules'] as const;
type Kind = (typeof KINDS)[number];
const DICTS = [
  '_parameters',
  '_buffers',
  '_backward_pre_hooks',
  '_backward_hooks',
  '_forward_hooks',
  '_forward_hooks_with_kwargs',
  '_forward_hooks_always_called',
  '_forward_pre_hooks',
  '_forward_pre_hooks_with_kwargs',
  '_state_dict_hooks',
  '_state_dict_pre_hooks',
  '_load_state_dict_pre_hooks',
  '_load_state_dict_post_hooks',
  '_modules',
];

export function moduleMethods(hooks: ModuleHooks): Readonly<Record<string, Native>> {
  const named = (v: Value): string => String(plain(v));
  const is = (module: string, name: string): ((v: Value) => boolean) => {
    let type: Value | undefined;
    // Most of what is set is no tensor at all, and no class of the program's that says it were one.
    return v =>
      v instanceof Obj &&
      (v instanceof TensorObject || v.type.find('__class__') !== undefined) &&
      isInstance(v, (type ??= hooks.member(module, name)));
  };
  const isParameter = is('torch.nn.parameter', 'Parameter');
  const isBuffer = is('torch.nn.parameter', 'Buffer');
  const isTensor = is('torch', 'Tensor');
  const typename = (v: Value): string => str(call(hooks.member('torch', 'typename'), [v]));

  function setModuleAttribute(self: Value, name: string, value: Value): void {
    const parameters = own(self, '_parameters'),
      modules = own(self, '_modules'),
      buffers = own(self, '_buffers');
    if (isParameter(value)) {
      if (!parameters) throw raise('AttributeError', 'cannot assign parameters before Module.__init__() call');
      forget(self, name, '_parameters');
      if (isOurs(self, 'register_parameter')) registerParameter(self, name, value);
      else call(getAttribute(self, 'register_parameter'), [name, value]);
    } else if (parameters?.has(name)) {
      if (value !== null)
        throw raise('TypeError', `cannot assign '${typename(value)}' as parameter '${name}' (torch.nn.Parameter or None expected)`);
      call(getAttribute(self, 'register_parameter'), [name, value]);
    } else if (isModule(self, value)) {
      if (!modules) throw raise('AttributeError', 'cannot assign module before Module.__init__() call');
      forget(self, name, '_modules');
      modules.set(name, value);
    } else if (modules?.has(name)) {
      if (value !== null)
        throw raise('TypeError', `cannot assign '${typename(value)}' as child module '${name}' (torch.nn.Module or None expected)`);
      modules.set(name, value);
    } else if (buffers?.has(name)) {
      if (value !== null && !isTensor(value))
        throw raise('TypeError', `cannot assign '${typename(value)}' as buffer '${name}' (torch.nn.Buffer, torch.Tensor or None expected)`);
      buffers.set(name, value);
    } else if (isBuffer(value)) {
      if (!buffers) throw raise('AttributeError', 'cannot assign buffer before Module.__init__() call');
      call(getAttribute(self, 'register_buffer'), [name, value, getAttribute(value, 'persistent')]);
    } else storeAttribute(self, name, value);
  }

  function fresh(self: Value, name: Value, what: string, held: Dict): string {
    const p = plain(name);
    if (typeof p !== 'string') throw raise('TypeError', `${what} name should be a string. Got ${typename(name)}`);
    if (p.includes('.'))
      throw raise('KeyError', what === 'module' ? `module name can't contain ".", got: ${p}` : `${what} name can't contain "."`);
    if (p === '') throw raise('KeyError', `${what} name can't be empty string ""`);
    if (!held.has(p) && attributeOr(self, p) !== undefined) throw raise('KeyError', `attribute '${p}' already exists`);
    return p;
  }

  function registerParameter(self: Value, name: Value, value: Value): void {
    const parameters = own(self, '_parameters');
    if (!parameters) throw raise('AttributeError', 'cannot assign parameter before Module.__init__() call');
    const key = fresh(self, name, 'parameter', parameters);
    if (value !== null && !isParameter(value))
      throw raise('TypeError', `cannot assign '${typename(value)}' object to parameter '${key}' (torch.nn.Parameter or None required)`);
    parameters.set(key, value);
  }

  function run(self: Value, args: readonly Value[], given: Named | null): Value {
    if (!(self instanceof Obj)) return unknown('a call of nn.Module without a module');
    hooks.enter(self);
    let places = args,
      names = given;
    // Before the hooks, which may give the module another class.
    const method = findMethod(self, 'forward');
    // What torch looks at first, and what a module without `super().__init__()` is therefore told to lack.
    if (!own(self, '_backward_hooks')) getAttribute(self, '_backward_hooks');
    if (hasHooks(self, '_forward_pre_hooks')) {
      const [list = null, dict = null] = toArray(call(getAttribute(self, '_before'), [new Tuple(args), dictOf(given)]));
      places = toArray(list);
      names = namesIn(dict);
    }
    let result = method === undefined ? call(getAttribute(self, 'forward'), places, names) : callMethod(method, self, places, names);
    if (hasHooks(self, '_forward_hooks')) result = call(getAttribute(self, '_after'), [new Tuple(places), dictOf(names), result]);
    hooks.leave(self, places, result);
    return result;
  }

  return {
    init: method('__init__', init),
    getattr: method(
      '__getattr__',
      ([self = null, name = '']) => {
        const found = held(self, named(name));
        if (found === undefined) throw noAttribute(self, named(name));
        return found;
      },
      { attribute: held },
    ),
    setattr: method('__setattr__', ([self = null, name = '', value = null]) => (setModuleAttribute(self, named(name), value), null), {
      setAttribute: setModuleAttribute,
    }),
    call: method('__call__', ([self = null, ...args], given) => run(self, args, given), { call: run }),

    register_parameter: native('register_parameter(self, name, param, /)', (self = null, name = null, value = null) => {
      registerParameter(self, name, value);
      return null;
    }),
    register_buffer: native(
      'register_buffer(self, name, tensor, persistent, /)',
      (self = null, name = null, value = null, persistent = true) => {
        const buffers = own(self, '_buffers'),
          left = self instanceof Obj ? self.attributes?.get('_non_persistent_buffers_set') : undefined;
        if (!buffers || !(left instanceof PySet)) throw raise('AttributeError', 'cannot assign buffer before Module.__init__() call');
        const key = fresh(self, name, 'buffer', buffers);
        if (value !== null && !isTensor(value))
          throw raise('TypeError', `cannot assign '${typename(value)}' object to buffer '${key}' (torch Tensor or None required)`);
        buffers.set(key, value);
        if (truth(persistent)) left.remove(key);
        else left.add(key);
        return null;
      },
    ),
    add_module: native('add_module(self, name, module, /)', (self = null, name = null, value = null) => {
      const modules = own(self, '_modules');
      if (value !== null && !isModule(self, value)) throw raise('TypeError', `${typename(value)} is not a Module subclass`);
      if (!modules) throw noAttribute(self, '_modules');
      modules.set(fresh(self, name, 'module', modules), value);
      return null;
    }),

    named_modules: native('named_modules(self, memo, prefix, remove_duplicate, /)', (self = null, memo = null, prefix = '', once = true) =>
      pairs(walk(self, memo, named(prefix), truth(once))),
    ),
    modules: native('modules(self, /)', (self = null) => values(overridden(self, 'named_modules') ?? walk(self, null, '', true))),
    named_children: native('named_children(self, /)', (self = null) => pairs(children(self))),
    children: native('children(self, /)', (self = null) => values(overridden(self, 'named_children') ?? children(self))),
    named_members: native(
      'named_members(self, kind, prefix, recurse, remove_duplicate, /)',
      (self = null, kind = '', prefix = '', recurse = true, once = true) => pairs(members(self, named(kind), named(prefix), recurse, once)),
    ),
    members: native('members(self, kind, recurse, /)', (self = null, kind = '', recurse = true) => {
      const told = named(kind) === '_parameters' ? 'named_parameters' : 'named_buffers';
      return values(overridden(self, told, new Map([['recurse', recurse]])) ?? members(self, named(kind), '', recurse, true));
    }),
    train: native('train(self, mode, /)', (self = null, mode = true) => (train(self, mode), self)),
    save: native('save(self, destination, prefix, keep_vars, /)', (self = null, destination = null, prefix = '', keep = false) => {
      if (!(destination instanceof Dict)) return unknown('a state dict that is no dict');
      save(self, destination, named(prefix), keep);
      return null;
    }),
  };
}

function method(name: string, run: Native['run'], ability: Abilities | null = null): Native {
  const made = new Native(name, `Module.${name}`, run, true);
  made.ability = ability;
  return made;
}

function held(self: Value, name: string): Value | undefined {
  for (const kind of KINDS) {
    const found = own(self, kind)?.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
/** Of a dict with nothing in it, nothing. */
const remove = (dict: Dict | null, name: string): void => void (dict?.size && dict.entries.delete(name));
/** A name is held in one place. */
function forget(self: Value, name: string, kept: Kind): void {
  if (!(self instanceof Obj)) return;
  if (self.attributes?.has(name)) {
    self.touch();
    self.attributes.delete(name);
  }
  for (const kind of KINDS) if (kind !== kept) remove(own(self, kind), name);
  const left = self.attributes?.get('_non_persistent_buffers_set');
  if (left instanceof PySet) left.remove(name);
}
/** Without the dict: torch's own complaint about a module that was not initialized. */
function hasHooks(self: Value, kind: string): boolean {
  const dict = own(self, kind);
  return dict ? dict.size > 0 : truth(getAttribute(self, kind));
}

function init(args: readonly Value[], given: Named | null): Value {
  const [self = null, ...rest] = args,
    type = typeOf(self),
    further = truth(type.find('call_super_init') ?? false);
  const [surplus] = given?.keys() ?? [];
  if (!further && surplus !== undefined)
    throw raise('TypeError', `${type.name}.__init__() got an unexpected keyword argument '${surplus}'`);
  if (!further && rest.length)
    throw raise('TypeError', `${type.name}.__init__() takes 1 positional argument but ${rest.length + 1} were given`);
  storeAttribute(self, 'training', true);
  for (const name of DICTS) storeAttribute(self, name, new Dict());
  storeAttribute(self, '_non_persistent_buffers_set', new PySet([]));
  storeAttribute(self, '_is_full_backward_hook', null);
  if (further) call(getAttribute(superOf(moduleClass(self) ?? null, self), '__init__'), rest, given);
  return null;
}

function train(self: Value, mode: Value): void {
  setAttribute(self, 'training', mode);
  const isWalked = isOurs(self, 'children');
  if (isWalked && own(self, '_modules')?.size === 0) return; // as most
  const cursor = isWalked ? { next: seconds(children(self)) } : iterate(call(getAttribute(self, 'children'), []));
  for (let child = cursor.next(); child !== undefined; child = cursor.next())
    if (isOurs(child, 'train')) train(child, mode);
    else call(getAttribute(child, 'train'), [mode]);
}

/** `state_dict`, below hooks and whatever a class writes itself. */
function save(self: Value, destination: Dict, prefix: string, keep: Value): void {
  if (isOurs(self, '_save_to_state_dict')) {
    const skipped = self instanceof Obj ? self.attributes?.get('_non_persistent_buffers_set') : undefined;
    for (const kind of ['_parameters', '_buffers'] as const)
      for (const { key, value } of entriesOf(self, kind))
        if (value !== null && !(kind === '_buffers' && skipped instanceof PySet && skipped.items.has(hash(key))))
          destination.set(prefix + String(plain(key)), value);
  } else call(getAttribute(self, '_save_to_state_dict'), [destination, prefix, keep]);
  for (const { key, value: child } of entriesOf(self, '_modules')) {
    if (child === null) continue;
    const place = `${prefix}${String(plain(key))}.`;
    if (isOurs(child, 'state_dict') && !hasHooks(child, '_state_dict_hooks') && !hasHooks(child, '_state_dict_pre_hooks'))
      save(child, destination, place, keep);
    else
      call(
        getAttribute(child, 'state_dict'),
        [],
        new Map<string, Value>([
          ['destination', destination],
          ['prefix', place],
          ['keep_vars', keep],
        ]),
      );
  }
}

function dictOf(given: Named | null): Dict {
  const out = new Dict();
  for (const [k, v] of given ?? []) out.set(k, v);
  return out;
}
function namesIn(v: Value): Named | null {
  if (!(v instanceof Dict) || !v.size) return null;
  return new Map([...v.entries.values()].map(e => [String(plain(e.key)), e.value]));
}
