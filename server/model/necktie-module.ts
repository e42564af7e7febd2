/** `_necktie_model`: what our stand-ins in Python ask of us. */

import { tensor } from '../../runtime/network/tensor.ts';
import { findAttribute, getAttribute } from '../python/attribute.ts';
import { choosing } from '../python/choices.ts';
import { Raised, raise } from '../python/exception.ts';
import type { Importer } from '../python/import/importer.ts';
import { type NativeModule, nativeModule } from '../python/import/native-module.ts';
import { Module } from '../python/module.ts';
import { Native, native } from '../python/native.ts';
import { toArray, traced, typeOf } from '../python/operate.ts';
import { joined, type Origin, originOf, plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { Type } from '../python/type.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import { Drawn, Unseen } from '../python/unseen.ts';
import { Obj, type Value } from '../python/value.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import type { Viewer } from '../registry/sight.ts';
import { refusal } from '../torch/fault.ts';
import { layerFunctions } from '../torch/layer-functions.ts';
import { moduleMethods } from '../torch/module-methods.ts';
import { mayHave } from '../torch/names.ts';
import { DTypeObject } from '../torch/objects.ts';
import { TensorObject } from '../torch/tensor-object.ts';
import { objectByName } from './object-by-name.ts';
import { registryMethods } from './registry-methods.ts';
import type { TimmIndex } from './timm-index.ts';
import type { Watch } from './watch.ts';

export interface NecktieState {
  /** Of the forward pass that runs; null while a model is built. */
  watch: Watch | null;
  /** What the registry is building, outermost first: the name of the class once it is found, and the dict it is built from. */
  building: { name: string | null; readonly config: Value }[];
  readonly registry: RegistryIndex | null;
  /** The config whose model is built: which of the workspace's modules it sees. */
  viewer: Viewer | null;
  /** Set once the interpreter that uses the module is there. */
  importer: Importer | null;
  readonly configDict: Value;
  readonly timm: TimmIndex;
  /** `Config.fromfile` in a module's code; null where the file cannot be known. */
  readonly otherConfig: (written: string, imports: boolean) => Value | null;
}

const text = (v: Value): string => String(plain(v));
/** Of an int or a float that is known. */
function numberOf(v: Value): number | null {
  if (v instanceof Unseen) return null;
  const n = plain(v);
  return typeof n === 'number' ? n : n instanceof Float ? n.value : null;
}
/** Of a value, and of what a list or a tuple holds. */
function originsIn(v: Value): Origin {
  const own = originOf(v);
  if (own?.length || !(v instanceof List || v instanceof Tuple)) return own;
  return joined(v.items);
}

export function necktieModule(state: NecktieState): NativeModule {
  const importer = (): Importer => state.importer ?? unknown('imports without an interpreter');
  let fresh = 0;
  const own = native('own(object, name, /)', (object = null, name = '') =>
    object instanceof Obj ? (object.attributes?.get(text(name)) ?? null) : null,
  );

  const known = new Map<string, Value>();
  const held = (module: string, name: string): Value => {
    const key = `${module}.${name}`,
      value = known.get(key) ?? getAttribute(importer().load(module), name);
    known.set(key, value);
    return value;
  };

  /** mmengine tries some and goes on without them. */
  const importQuietly = (name: string): void => {
    try {
      importer().load(name);
    } catch (e) {
      if (!(e instanceof Raised) || !e.exception.type.ancestors.some(t => t.name === 'ImportError' || t.name === 'AttributeError')) throw e;
    }
  };

  return nativeModule('_necktie_model', {
    ConfigDict: state.configDict,
    own,
    ...registryMethods({ member: held, importQuietly }),
    ...moduleMethods({
      member: held,
      enter: module => state.watch?.enter(module),
      leave: (module, args, result) => state.watch?.leave(module, args, result),
    }),
    fresh: native('fresh()', () => fresh++),
    unknown: native('unknown(what, /)', (what = '') => unknown(text(what))),
    /** A value of this type that is not known. */
    unseen: native('unseen(type, what, /)', (type = null, what = '') =>
      type instanceof Type ? new Unseen(type, text(what)) : unknown(text(what)),
    ),
    is_unseen: native('is_unseen(value, /)', (value = null) => value instanceof Unseen),
    /** A number of this type at random, from `low` on and below `high`. */
    drawn: native('drawn(type, what, low, high, /)', (type = null, what = '', low = 0, high = 0) => {
      const [least, most] = [numberOf(low), numberOf(high)];
      if (!(type instanceof Type)) return unknown(text(what));
      return least === null || most === null ? new Unseen(type, text(what)) : new Drawn(type, text(what), least, most);
    }),
    is_unknown: native('is_unknown(value, /)', (value = null) => value instanceof UnknownValue),
    /** Whether something is so that the program cannot know. */
    decide: native('decide(what, /)', (what = '') => (choosing.now?.choose('given', 2, text(what)) ?? unknown(text(what))) === 0),
    /** Whether each of several answers is looked at. */
    is_choosing: native('is_choosing()', () => choosing.now !== null),
    /** Which of so many is taken at random. */
    choose: native('choose(count, what, /)', (count = 0, what = '') => {
      const answers = plain(count);
      if (!choosing.now || typeof answers !== 'number' || answers < 1) return unknown(text(what));
      return answers === 1 ? 0 : choosing.now.choose('drawn', answers, text(what));
    }),
    /** A sentence about a value: it comes from where the value does. */
    about: native('about(sentence, value, /)', (sentence = '', value = null) => traced(sentence, originsIn(value))),
    /** An attribute of a class of ours that the real one may have. */
    lacking: native('lacking(owner, name, /)', (owner = '', name = '') => {
      if (mayHave(text(owner), text(name))) return unknown(`${text(owner)}.${text(name)}`);
      throw raise('AttributeError', `'${text(owner)}' object has no attribute '${text(name)}'`);
    }),
    /** A registry begins to build, and has built. After a failure what was begun stays: it tells where. */
    building: native('building(config, /)', (config = null) => {
      state.building.push({ name: null, config });
      return null;
    }),
    builds: native('builds(name, /)', (name = '') => {
      const top = state.building.at(-1);
      if (top) top.name = text(name);
      return null;
    }),
    built: native('built()', () => {
      state.building.pop();
      return null;
    }),
    other_config: native('other_config(filename, imports, /)', (filename = '', imports = true) => {
      const file = text(filename);
      return state.otherConfig(file, plain(imports) === true) ?? unknown(`the config ${file}`);
    }),
    text_of_module: native('text_of_module(module, /)', (module = null) => unknown(`the text of a ${typeOf(module).name}`)),

    ...layerFunctions,
    /** The same tensor in another type: `module.half()`. */
    recast: native('recast(tensor, dtype, /)', (given = null, dtype = null) => {
      if (given instanceof TensorObject && dtype instanceof DTypeObject)
        given.rebind(tensor({ shape: given.held.shape, dtype: dtype.dtype, strides: given.held.strides }));
      return given;
    }),
    /** A tensor that waits for its sizes, what it says to a function that asks for them, and how it gets them. */
    uninitialized: native('uninitialized(tensor, /)', (given = null) => {
      if (given instanceof TensorObject) given.uninitialized = true;
      return given;
    }),
    refuse: native('refuse(tensor, asked, /)', (given = null, asked = '') => {
      if (given instanceof TensorObject) throw refusal(given, text(asked));
      return null;
    }),
    materialize: native('materialize(tensor, made, cls, /)', (given = null, made = null, cls = null) => {
      if (given instanceof TensorObject && made instanceof TensorObject && cls instanceof Type) given.materialize(made.tensor, cls);
      return null;
    }),

    /** The package whose module is being run just now: where a registry is made is its scope. */
    importing_package: native('importing_package()', () => {
      const running = [...importer().modules.values()].filter(
        (m): m is Module => m instanceof Module && m.state === 'running' && !m.name.startsWith('mmengine.registry'),
      );
      return running.at(-1)?.name.split('.')[0] ?? 'mmengine';
    }),
    import_quietly: native('import_quietly(name, /)', (name = '') => {
      importQuietly(text(name));
      return null;
    }),
    /** Modules whose import may register a name; none where it is known that nobody does. Of the registry's own package only those that lie where it looks are ever imported. */
    modules_that_register: native(
      'modules_that_register(scope, registry, name, locations, imported_alone, /)',
      (scope = '', registry = '', name = '', locations = null, importedAlone = false) => {
        const own = text(scope),
          wanted = text(name),
          places = toArray(locations).map(text);
        if (state.registry?.lookup(wanted, own, text(registry)).kind === 'missing') return new List([]);
        const below = (module: string, place: string): boolean => module === place || module.startsWith(`${place}.`);
        return new List(
          (state.registry?.modulesThatRegister(own, wanted, state.viewer ?? undefined, plain(importedAlone) === true) ?? []).filter(
            m => !places.length || !below(m, own) || places.some(p => below(m, p)),
          ),
        );
      },
    ),
    import_registering: native('import_registering(name, /)', (name = '') => importer().load(text(name))),
    first_of: new Native('first_of', 'first_of', names => names.find(name => importer().find(text(name)) !== null) ?? names[0] ?? null),
    import_timm_model: native('import_timm_model(name, /)', (name = '') => {
      for (const module of state.timm.registering(text(name))) importer().load(module);
      return null;
    }),
    member_of_timm: native('member_of_timm(name, /)', (name = '') => {
      for (const module of state.timm.defining(text(name))) {
        const found = findAttribute(importer().load(module), text(name));
        if (found !== undefined) return found;
      }
      throw raise('AttributeError', `module 'timm.models' has no attribute '${text(name)}'`);
    }),
    /** mmengine's last resort: a dotted path to the object itself. */
    object_by_name: native('object_by_name(name, /)', (name = '') => objectByName(importer(), text(name)) ?? null),
    /** Ends the run unless it is known to the end that nobody registers the name. */
    missing: native('missing(scope, registry, name, /)', (scope = '', registry = '', name = '') => {
      const found = state.registry?.lookup(text(name), text(scope), text(registry));
      if (found?.kind === 'missing') return null;
      return unknown(found?.kind === 'unknown' ? found.reason : `${text(name)} in the registry of ${text(scope)}`);
    }),
  });
}
