/** Everything that a folder of Python modules registers: files are read only where their text speaks of registering, names are followed to where they are defined. */
import type { Entry } from '../entry.ts';
import { roleOf } from '../role.ts';
import type { Snapshot } from '../snapshot.ts';
import { stringValue, stringValues } from './arguments.ts';
import type { ModuleFiles } from './module-files.ts';
import type { Definition, Modules } from './modules.ts';
import type { Outline, Registration } from './outline.ts';
import { type Signature, signatureOf } from './signature.ts';
import { isConstant, mayRegister } from './unread-registrations.ts';

/** A Registry object: which variable holds it, and where it stands in the tree. */
export interface RegistryObject {
  readonly scope: string;
  readonly name: string;
  readonly root: string;
  readonly variable: string;
  readonly parent: string | null;
  readonly locations: readonly string[];
}

export interface ScannedEntry extends Entry {
  /** Module whose import registers it. */
  readonly module: string;
  readonly registry: string;
  readonly source: { readonly file: string; readonly line: number } | null;
}

/** Where names are registered that only a run tells. */
export interface Computed {
  readonly module: string;
  readonly under: string | null;
  readonly registry: string | null;
  /** It was not read what is registered, and whether anything is: a helper that may never be called. */
  readonly unread?: true;
}

export interface Scan {
  readonly entries: readonly ScannedEntry[];
  readonly registries: readonly RegistryObject[];
  /** Modules that register, or may register, something whose name no reading tells; `under` null: into a registry that is not known. */
  readonly computed: readonly Computed[];
  /** False: too many files to read them all. */
  readonly complete: boolean;
}

/**
 * Of the modules in `files`: `moduleFiles` of a library or of a workspace's folder. A library's own import runs them all, so one name is one thing; `apart`: a config imports
 * one of them or another, so each module has what it registers, whatever others do.
 */
export function scan(modules: Modules, snapshot: Snapshot, { files, complete }: ModuleFiles, apart = false): Scan {
  const found: { readonly module: string; readonly file: string; readonly outline: Outline }[] = [];
  const unread: Scan['computed'][number][] = [];
  for (const { module, file } of files) {
    const looked = modules.outlines.registering(file);
    if (!looked) unread.push({ module, under: null, registry: null });
    else if (looked.outline) found.push({ module, file, outline: looked.outline });
  }
  const { computed, ...gathered } = modules.seeing(new Map(found.map(({ file, outline }) => [file, outline])), () =>
    gather(modules, snapshot, found, complete, apart),
  );
  return { ...gathered, computed: [...computed, ...unread] };
}

function gather(
  modules: Modules,
  snapshot: Snapshot,
  files: readonly { readonly module: string; readonly file: string; readonly outline: Outline }[],
  complete: boolean,
  apart: boolean,
): Scan {
  const entries = new Map<string, ScannedEntry>();
  /** What is forced comes over what is there. Branches by torch's version register one name twice: the facts tell which is today's. */
  const add = (entry: ScannedEntry, registration: Registration) => {
    const key = `${entry.under} ${entry.registry} ${entry.name} ${entry.under === null ? entry.target : ''} ${apart ? entry.module : ''}`;
    const forced = registration.args.some(arg => arg.name === 'force' && arg.value === 'True');
    const before = entries.get(key);
    const better =
      before && entry.target !== before.target && snapshot.find(entry.under, entry.registry, entry.name)?.target === entry.target;
    if (forced || !before || better) entries.set(key, entry);
  };
  const registries = new Map<string, RegistryObject>();
  const computed: Computed[] = [];
  const known = new Map<string, RegistryObject | null>();
  const registryNamed = (module: string, written: string): RegistryObject | null => {
    const key = `${module} ${written}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = registryAt(modules, snapshot, module, written);
    known.set(key, made);
    return made;
  };
  for (const { module, file, outline } of files) {
    for (const variable of outline.registries) {
      const registry = registryNamed(module, variable);
      if (registry) registries.set(registry.variable, registry);
    }
    for (const registration of outline.registrations) {
      const registry = registryNamed(module, registration.registry);
      if (registration.unread || (!registry && !isConstant(registration.registry))) {
        // `self.register_module`, and torch's own method of that name, are not ours.
        if (registration.unread || mayRegister(registration.registry, registration.args))
          computed.push({ module, under: registry?.scope ?? null, registry: registry?.root ?? null, unread: true });
        continue;
      }
      const target = registration.target === null ? null : ownBefore(modules.resolve(module, registration.target), module, file, outline);
      const names = namesOf(registration, target);
      if (!names) {
        computed.push({ module, under: registry?.scope ?? null, registry: registry?.root ?? null });
        continue;
      }
      for (const name of names) add(entryOf(modules, snapshot, { module, file, registration, target, registry, name }), registration);
    }
  }
  return { entries: [...entries.values()], registries: [...registries.values()], computed, complete };
}

/**
 * Of a workspace's several folders two may have a module of one name, and a dotted name leads to the first of them: what a file itself defines is its own. What it inherits would be looked for in
 * the other, so that only a constructor that tells all is read.
 */
function ownBefore(target: Definition | null, module: string, file: string, outline: Outline): Definition | null {
  if ((target?.kind !== 'class' && target?.kind !== 'function') || target.module !== module || target.file === file) return target;
  const name = target.outline.name;
  for (const binding of outline.bindings(name)) {
    if (binding.kind === 'function') return { kind: 'function', module, file, outline: binding };
    if (binding.kind !== 'class') continue;
    const tellsAll = binding.init?.parameters.every(({ kind }) => kind !== 'kwargs') ?? false;
    return { kind: 'class', module, file, outline: tellsAll ? binding : { ...binding, generated: true } };
  }
  return target;
}

function namesOf(registration: Registration, target: Definition | null): string[] | null {
  const named =
    registration.args.find(arg => arg.name === 'name' || arg.name === 'module_name') ?? registration.args.find(arg => arg.name === null);
  if (registration.args.some(arg => arg.name === '*' || arg.name === '**')) return null;
  if (named && named.value !== 'None') return stringValues(named.value);
  if (target?.kind === 'class' || target?.kind === 'function') return [target.outline.name];
  // A variable's name is not that of the class it holds.
  if (registration.target === null || (!registration.decorates && target?.kind !== 'external')) return null;
  return [registration.target.split('.').at(-1)!];
}

interface Found {
  readonly module: string;
  readonly file: string;
  readonly registration: Registration;
  readonly target: Definition | null;
  readonly registry: RegistryObject | null;
  readonly name: string;
}

/** Its parameters are looked up when they are asked for: they take the files of every base. */
function entryOf(modules: Modules, snapshot: Snapshot, found: Found): ScannedEntry {
  const { module, file, registration, target, registry, name } = found;
  const defined = target?.kind === 'class' || target?.kind === 'function' ? target : null;
  const written = registration.target ?? name;
  const dotted = defined ? `${defined.module}.${defined.outline.name}` : target?.kind === 'external' ? target.name : `${module}.${written}`;
  const root = registry?.root ?? 'model';
  let signature: Signature | null = null;
  let role: Entry['role'] | undefined;
  const taken = (): Signature => (signature ??= signatureBy(modules, snapshot, found, dotted));
  return {
    scope: module.split('.')[0]!,
    under: registry?.scope ?? null,
    registry: root,
    name,
    target: (!defined && inSnapshot(snapshot, found, dotted)?.target) || dotted,
    kind: defined?.kind ?? 'class',
    get parameters() {
      return taken().parameters;
    },
    get variadic() {
      return taken().variadic;
    },
    get open() {
      return taken().open;
    },
    get summary() {
      return defined ? modules.docstring(defined.file, defined.outline).summary : null;
    },
    get role() {
      if (role === undefined) role = roleOf(module.startsWith('mmcv.cnn.bricks') || !defined ? module : defined.module, name, root);
      return role;
    },
    source: { file: defined?.file ?? file, line: defined?.outline.line ?? registration.line },
    module,
  };
}

/** The facts of the same thing: of the same name in the same registry, and of the same class where that is known. */
function inSnapshot(snapshot: Snapshot, { registry, target, name }: Found, dotted: string): Entry | null {
  const fact = registry && snapshot.find(registry.scope, registry.root, name);
  return fact && (target === null || fact.target.split('.').at(-1) === dotted.split('.').at(-1)) ? fact : null;
}

/** From the sources; where a base is out of reach, from the facts of the same class. */
function signatureBy(modules: Modules, snapshot: Snapshot, found: Found, dotted: string): Signature {
  const { target } = found;
  const read = target?.kind === 'class' || target?.kind === 'function' ? signatureOf(modules, snapshot, target) : null;
  if (read?.lacks === null) return read;
  const fact = inSnapshot(snapshot, found, dotted);
  // Another base than torch's may be there for the user and not when the facts were taken, or the other way round.
  const sure = read === null || read.lacks?.startsWith('torch.') === true;
  if (fact) return { parameters: fact.parameters, variadic: fact.variadic, open: fact.open || !sure, lacks: '' };
  return read ?? { parameters: [], variadic: { args: null, kwargs: null }, open: true, lacks: '' };
}

/** The registry that a name of a module holds, with its place in the tree; null where it cannot be followed. */
export function registryAt(modules: Modules, snapshot: Snapshot, module: string, written: string, depth = 0): RegistryObject | null {
  const definition = modules.resolve(module, written);
  if (definition?.kind === 'external') {
    const fact = snapshot.variable(definition.name);
    return fact && { ...fact, parent: null };
  }
  if (definition?.kind !== 'registry' || depth > 10) return null;
  const known = registries.get(modules) ?? new Map<string, RegistryObject | null>();
  registries.set(modules, known);
  const variable = `${definition.module}.${definition.variable}`;
  const before = known.get(variable);
  if (before !== undefined) return before;
  const made = registryOf(modules, snapshot, definition, depth);
  known.set(variable, made);
  return made;
}

/** Every module of a library asks for the same few. */
const registries = new WeakMap<Modules, Map<string, RegistryObject | null>>();

function registryOf(
  modules: Modules,
  snapshot: Snapshot,
  { module, variable, args }: Definition & { kind: 'registry' },
  depth: number,
): RegistryObject | null {
  const argument = (name: string, position: number) =>
    args.find(arg => arg.name === name) ?? args.filter(arg => arg.name === null)[position];
  const name = stringValue(argument('name', 0)?.value ?? '');
  if (name === null) return null;
  const parentText = argument('parent', 2)?.value;
  const parent = parentText && parentText !== 'None' ? registryAt(modules, snapshot, module, parentText, depth + 1) : null;
  if (parentText && parentText !== 'None' && !parent) return null;
  const scopeText = argument('scope', 3)?.value;
  const scope = scopeText === undefined || scopeText === 'None' ? module.split('.')[0]! : stringValue(scopeText);
  if (scope === null) return null;
  return {
    scope,
    name,
    root: parent?.root ?? name,
    variable: `${module}.${variable}`,
    parent: parent?.variable ?? null,
    locations: stringValues(argument('locations', 4)?.value ?? '[]') ?? [],
  };
}
