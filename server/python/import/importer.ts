/**
 * Imports, in Python's order: the table of modules, the parents, the finders. Where a module is lazy (a library's), its package's `__init__` runs only when
 * something is asked of the package that is not a submodule of it.
 */
import type { Block, Statement } from '../../syntax/nodes.ts';
import { findAttribute } from '../attribute.ts';
import { call } from '../call.ts';
import { detailed, Raised, raise } from '../exception.ts';
import { running } from '../frame.ts';
import { recording } from '../journal.ts';
import { namesOf } from '../library/module-names.ts';
import { type DynamicRun, type Importing, Module, readCell, type Watch } from '../module.ts';
import { nested, toArray } from '../operate.ts';
import { plain } from '../origin.ts';
import { Stop, unknown } from '../stop.ts';
import { Type } from '../type.ts';
import { Opaque } from '../types/opaque.ts';
import type { Value } from '../value.ts';
import { AddedFolders } from './added-folders.ts';
import type { FoundModule, FoundSource, ModuleFinder } from './finder.ts';
import type { NativeModule } from './native-module.ts';

export interface ImporterOptions {
  readonly finders: readonly ModuleFinder[];
  readonly builtins: ReadonlyMap<string, Value>;
  readonly dynamic: DynamicRun;
  /** Whether a name that no finder knows is known not to be in the environment. */
  readonly complete: (name: string) => boolean;
  readonly lazy: (name: string) => boolean;
  /** A folder that the program adds to `sys.path`. Null: it cannot be looked into. */
  readonly open: (folder: string) => ModuleFinder | null;
  /** Nodes of a source. Raises SyntaxError in the program, or ends the run, where it cannot be read. */
  readonly parse: (found: FoundSource, lazy: boolean) => Block;
  readonly execute: (body: Block, module: Module) => void;
  /** Sees the code of what is imported. */
  readonly watch?: Watch | undefined;
}

export class Importer implements Importing {
  /** `sys.modules`. None: known not to be there. */
  readonly modules = new Map<string, Value>();
  readonly dynamic: DynamicRun;
  /** A run ended within a module, and what it did is half done. */
  interrupted = false;
  readonly #options: ImporterOptions;
  readonly #added: AddedFolders;
  constructor(options: ImporterOptions) {
    this.#options = options;
    this.dynamic = options.dynamic;
    const path = (): Value | undefined => {
      const sys = this.modules.get('sys');
      return sys instanceof Module ? sys.cells.get('path')?.value : undefined;
    };
    this.#added = new AddedFolders(path, options.open);
  }

  find(name: string): FoundModule | null {
    const first = this.#added.find(name, true);
    if (first) return first;
    for (const finder of this.#options.finders) {
      const found = finder.find(name);
      if (found) return found;
    }
    return this.#added.find(name, false);
  }

  load(name: string): Value {
    const known = this.modules.get(name);
    if (known !== undefined) return known ?? this.#missing(name, `import of ${name} halted; None in sys.modules`);
    const dot = name.lastIndexOf('.'),
      parent = dot < 0 ? null : this.load(name.slice(0, dot)),
      own = name.slice(dot + 1);
    if (parent instanceof Opaque) return parent.member(own);
    const meanwhile = this.modules.get(name);
    if (meanwhile !== undefined && meanwhile !== null) return meanwhile;
    const found = this.find(name);
    if (!found) {
      if (parent instanceof Module && parent.provide && !parent.isPackage) {
        const member = parent.member(own);
        if (member instanceof Module || member instanceof Opaque) return member;
      }
      return this.#missing(
        name,
        `No module named '${name}'${parent instanceof Module && !parent.isPackage ? `; '${parent.name}' is not a package` : ''}`,
      );
    }
    const made = this.#make(name, found);
    if (parent instanceof Module) {
      const cell = parent.cell(own);
      if (!parent.lazy || (parent.state !== 'new' && cell.value === undefined && !cell.pending)) parent.put(own, made);
    }
    return made;
  }

  attempt(name: string): Value {
    for (let dot = name.indexOf('.'); ; dot = name.indexOf('.', dot + 1)) {
      const own = dot < 0 ? name : name.slice(0, dot),
        module = this.load(own);
      if (module instanceof Module && module.lazy && module.isPackage) this.#asTried(module);
      if (dot < 0) return module;
    }
  }
  /** Only what says that the package cannot be imported counts: all else of its `__init__` waits, as with any other import, until it is needed. */
  #asTried(module: Module): void {
    const { interrupted } = this;
    try {
      this.#finish(module);
    } catch (e) {
      const isKnown = e instanceof Raised ? isImportError(e) : !(e instanceof Stop && e.reason.kind === 'unknown');
      if (isKnown) throw e;
      this.interrupted = interrupted;
    }
  }

  from(moduleName: string, name: string): Value {
    const module = this.load(moduleName),
      member = attributeOrNone(module, name);
    if (member !== undefined) return member;
    if (!(module instanceof Module)) throw raise('ImportError', `cannot import name '${name}' from '${moduleName}' (unknown location)`);
    const inside = `${module.name}.${name}`,
      submodule = this.modules.get(inside) ?? (module.isPackage && this.find(inside) ? this.load(inside) : undefined);
    if (submodule !== undefined && submodule !== null) return submodule;
    // Where the real one of a stand-in lies is not known.
    const file = this.#standIns.has(module) ? null : module.file || null;
    const where = `'${module.name}'${module.state === 'running' ? ' (most likely due to a circular import)' : ''} (${file ?? 'unknown location'})`;
    throw detailed(
      raise(
        'ImportError',
        `cannot import name '${name}' from ${module.state === 'running' ? 'partially initialized module ' : ''}${where}`,
      ),
      { name: module.name, path: file },
    );
  }

  star(moduleName: string, into: Module): void {
    const module = this.load(moduleName);
    if (module instanceof Opaque) unknown(`from ${module.what} import *`);
    if (!(module instanceof Module)) return;
    this.#finish(module);
    const all = module.member('__all__');
    const names = all === undefined ? this.#public(module) : toArray(all).map(v => String(plain(v)));
    for (const name of names) {
      const cell = module.cells.get(name);
      if (cell && cell.value === undefined && cell.pending && into.lazy) {
        const own = into.cell(name);
        own.value = undefined;
        own.pending = () => readCell(cell) ?? unknown(`${module.name}.${name}`);
        continue;
      }
      const value = all === undefined ? module.member(name) : this.#listed(module, name);
      if (value !== undefined) into.put(name, value);
    }
    // What the real module would bind and ours cannot: unknown when it is used, and not before.
    const real = module.ours || this.#natives.has(module) ? namesOf(module.name) : null;
    for (const name of real?.starred ?? []) {
      const own = into.cell(name);
      if (names.includes(name)) continue;
      own.value = undefined;
      own.pending = () => unknown(`${module.name}.${name}`);
    }
  }
  #listed(module: Module, name: string): Value {
    const value = findAttribute(module, name);
    if (value !== undefined) return value;
    if (module.isPackage && this.find(`${module.name}.${name}`)) return this.load(`${module.name}.${name}`);
    throw raise('AttributeError', `module '${module.name}' has no attribute '${name}'`);
  }
  #public(module: Module): string[] {
    const bound = [...module.cells.values()].filter(c => (c.value !== undefined || c.pending) && !c.name.startsWith('_')).map(c => c.name);
    return [...new Set([...bound, ...(this.#natives.get(module)?.names ?? []).filter(n => !n.startsWith('_'))])];
  }

  absolute(name: string, from: Module): string {
    const dots = /^\.*/.exec(name)?.[0].length ?? 0;
    if (!dots) return name;
    const base = String(plain(from.member('__package__') ?? '')).split('.');
    if (base[0] === '') throw raise('ImportError', 'attempted relative import with no known parent package');
    if (dots - 1 >= base.length) throw raise('ImportError', 'attempted relative import beyond top-level package');
    return [...base.slice(0, base.length - (dots - 1)), ...(name.length > dots ? [name.slice(dots)] : [])].join('.');
  }

  /** A lazy package's `__init__`, now. */
  #finish(module: Module): void {
    if (module.state !== 'new') return;
    const found = this.find(module.name);
    if (found?.kind === 'source') this.#run(module, found);
  }

  #missing(name: string, message: string): never {
    if (!this.#options.complete(name) || !this.#added.areKnown) unknown(`module ${name}`);
    throw detailed(raise('ModuleNotFoundError', message), { name: name, path: null });
  }

  #make(name: string, found: FoundModule): Value {
    if (found.kind === 'opaque') {
      const opaque = found.stands ?? new Opaque(found.reason, true);
      this.modules.set(name, opaque);
      return opaque;
    }
    const { builtins } = this.#options;
    if (found.kind === 'native') {
      const module = new Module({ name, file: null, builtins: new Map(), importing: this });
      this.modules.set(name, module);
      this.#native(module, found.module);
      return module;
    }
    const module = new Module({
      name,
      file: found.file,
      package: found.package,
      builtins,
      importing: this,
      lazy: this.#options.lazy(name),
      watch: this.#options.watch ?? null,
      ours: found.ours ?? false,
      rephrase: found.rephrase ?? null,
    });
    if (found.has) {
      this.#standIns.add(module);
      module.listed = () => found.names?.() ?? null;
      // Where the real one's files lie is not known.
      if (found.package) module.put('__path__', new Opaque(`${name}.__path__`));
    }
    this.modules.set(name, module);
    if (module.lazy && found.package) module.provide = wanted => this.#ofPackage(module, found, wanted);
    else if (!this.#couldRun(module, found)) {
      const opaque = new Opaque(name, true);
      this.modules.set(name, opaque);
      return opaque;
    }
    // A module may put something else in its own place.
    return this.modules.get(name) ?? module;
  }

  readonly #standIns = new WeakSet<Module>();
  readonly #natives = new Map<Module, NativeModule>();
  #native(module: Module, told: NativeModule): void {
    module.state = 'done';
    module.put('__doc__', told.doc);
    this.#natives.set(module, told);
    module.listed = () => told.real?.() ?? told.names;
    const name = module.name;
    module.provide = wanted => {
      const value = told.member(wanted);
      if (value !== undefined) {
        module.put(wanted, value);
        return value;
      }
      const inside = `${name}.${wanted}`;
      if (this.modules.has(inside) || this.#isHere(inside)) return this.load(inside);
      if (wanted.startsWith('__') && wanted.endsWith('__') && wanted !== '__version__') return undefined;
      return told.has(wanted) === false ? undefined : unknown(inside);
    };
  }

  /** What a lazy package is asked for: one of its submodules, unless its `__init__` binds that name to something else. */
  #ofPackage(module: Module, found: FoundSource, wanted: string): Value | undefined {
    const inside = `${module.name}.${wanted}`,
      dunder = wanted.startsWith('__') && wanted !== '__all__' && wanted !== '__version__';
    if (dunder && wanted !== '__getattr__' && wanted !== '__dir__') return undefined;
    const submodule = dunder ? null : this.find(inside);
    if (module.state === 'new' && (!submodule || binds(this.#options.parse(found, true), wanted))) {
      if (!this.#couldRun(module, found)) return submodule ? this.load(inside) : new Opaque(inside);
      const cell = module.cells.get(wanted),
        value = cell && readCell(cell);
      if (value !== undefined) return value;
    }
    return submodule ? this.load(inside) : this.#ownOrGap(module, found, wanted);
  }

  /** Something that can be run, not only a name that may be. */
  #isHere(name: string): boolean {
    const found = this.find(name);
    return found !== null && found.kind !== 'opaque';
  }

  /** From the module's own `__getattr__`; where a stand-in of ours lacks what the real module has, that is unknown. */
  #ownOrGap(module: Module, found: FoundSource, wanted: string): Value | undefined {
    const own = found.has ? attributeOrNone(module, wanted, moduleGetattr) : moduleGetattr(module, wanted);
    if (own !== undefined || !found.has || module.state === 'running') return own;
    if (wanted === '__version__' && found.installedVersion) return found.installedVersion() ?? unknown(`the version of ${module.name}`);
    if (/^__.*__$/.test(wanted)) return own;
    const inside = `${module.name}.${wanted}`;
    if (module.isPackage && (this.modules.has(inside) || this.#isHere(inside))) return this.load(inside);
    return found.has(wanted) === false ? undefined : unknown(inside);
  }

  /** A module that surely can be imported, and not here, is there for all that: whoever asks it for anything that matters ends the run. */
  #couldRun(module: Module, found: FoundSource): boolean {
    try {
      this.#run(module, found);
      return true;
    } catch (e) {
      if (e instanceof Stop && e.reason.kind === 'unknown' && running.frame && found.sound) return false;
      throw e;
    }
  }

  #run(module: Module, found: FoundSource): void {
    if (module.state !== 'new') return;
    // What Python refuses to compile cannot be imported, whatever package it is of.
    const body = this.#parsed(module, found);
    module.state = 'running';
    try {
      if (!module.provide) module.provide = wanted => this.#ownOrGap(module, found, wanted);
      nested(' while importing', () => recording(null, () => this.#options.execute(body, module)));
      module.state = 'done';
      const { classHas } = found;
      if (classHas)
        for (const { value } of module.cells.values())
          if (value instanceof Type && value.module === module.name) value.has = wanted => classHas(value.qualname, wanted);
    } catch (e) {
      module.state = 'new';
      this.#failed(module, e);
      // Whoever tries an import goes on without it, as with Python; what a stand-in of ours cannot import is a gap of ours.
      if (e instanceof Raised && (isImportError(e) ? found.has || found.ours : found.sound)) unknown(`module ${module.name}`);
      throw e;
    }
  }
  #parsed(module: Module, found: FoundSource): Block {
    try {
      return this.#options.parse(found, module.lazy);
    } catch (e) {
      this.#failed(module, e);
      throw e;
    }
  }
  #failed(module: Module, e: unknown): void {
    if (e instanceof Stop) this.interrupted = true;
    if (!module.lazy || !module.isPackage) this.modules.delete(module.name);
  }
}

const isImportError = ({ exception }: Raised): boolean => exception.type.ancestors.some(t => t.name === 'ImportError');

/** A module's `__getattr__` says by an AttributeError that it has none; a submodule may have that name. */
function attributeOrNone<T extends Value>(
  module: T,
  name: string,
  find: (module: T, name: string) => Value | undefined = findAttribute,
): Value | undefined {
  try {
    return find(module, name);
  } catch (e) {
    if (e instanceof Raised && e.exception.type.name === 'AttributeError') return undefined;
    throw e;
  }
}
/** A module's own `__getattr__`. */
function moduleGetattr(module: Module, wanted: string): Value | undefined {
  if (wanted.startsWith('__')) return undefined;
  const cell = module.cells.get('__getattr__'),
    own = cell && readCell(cell);
  return own === undefined ? undefined : call(own, [wanted]);
}

/** Whether running these statements may bind the name at the module's top. */
function binds(body: Block, name: string): boolean {
  return body.some((s: Statement): boolean => {
    switch (s.kind) {
      case 'importFrom':
        return s.star || s.names.some(n => n.alias === name);
      case 'import':
        return (s.alias ?? s.module.split('.')[0]) === name;
      case 'function':
      case 'class':
        return s.name === name;
      case 'assign':
        return s.targets.some(t => t.kind !== 'name' || t.name === name);
      case 'if':
        return binds(s.body, name) || binds(s.otherwise, name);
      case 'try':
        return binds(s.body, name) || binds(s.otherwise, name) || binds(s.last, name) || s.handlers.some(h => binds(h.body, name));
      case 'for':
      case 'while':
      case 'with':
        return true;
      default:
        return false;
    }
  });
}
