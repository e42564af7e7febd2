/**
 * An outline as three lines of text: what every scan asks of it; the names that no registration is about; and the details of its classes and functions. The last two
 * are read when one of them is asked for. Most never are, and making their objects would be most of the time that it takes to read a library from the disk.
 */
import { type Details, definitionLater, detailsOf } from './definition-later.ts';
import type { ClassOutline, FunctionOutline } from './definitions.ts';
import type { Binding, Outline, Registration } from './outline.ts';

type Definition = ClassOutline | FunctionOutline;
type Plain = Exclude<Binding, Definition>;
/** A class or function as its kind, its line and its place among the details. */
type Stored = Plain | readonly ['class' | 'function', line: number, at: number];
type StoredNames = readonly (readonly [name: string, bindings: readonly Stored[]])[];
interface StoredOutline {
  readonly names: StoredNames;
  readonly registries: readonly string[];
  readonly stars: readonly string[];
  readonly registrations: readonly Registration[];
}

/** Lines of an outline. */
export type StoredLines = readonly [scanned: string, others: string, details: string];
/** One of them, by its place, whenever it is asked for. */
export type LineAt = (at: number) => string;

export function storedOutline({ names, registries, stars, registrations }: Outline): StoredLines {
  const details: Details[] = [];
  const store = (binding: Binding): Stored => {
    if (binding.kind !== 'class' && binding.kind !== 'function') return binding;
    details.push(detailsOf(binding));
    return [binding.kind, binding.line, details.length - 1];
  };
  const asked = new Set(registries);
  for (const { registry, target } of registrations) for (const written of [registry, target ?? '']) asked.add(written.split('.')[0]!);
  const stored = (wanted: boolean): StoredNames =>
    [...names].flatMap(([name, bindings]) => (asked.has(name) === wanted ? [[name, bindings.map(store)] as const] : []));
  const scanned: StoredOutline = { names: stored(true), registries, stars, registrations };
  return [JSON.stringify(scanned), JSON.stringify(stored(false)), JSON.stringify(details)];
}

export function restoredOutline(line: LineAt): Outline {
  const scanned: StoredOutline = JSON.parse(line(0));
  const details = once((): readonly Details[] => JSON.parse(line(2)));
  const restore = (name: string, stored: Stored): Binding => {
    if (!isDefinition(stored)) return stored;
    const [kind, line, at] = stored;
    return definitionLater(kind, name, line, () => details()[at]);
  };
  const restored = (names: StoredNames) =>
    new Map(names.map(([name, bindings]): [string, readonly Binding[]] => [name, bindings.map(stored => restore(name, stored))]));
  const first = restored(scanned.names);
  const others = once(() => {
    const stored: StoredNames = JSON.parse(line(1));
    return restored(stored);
  });
  const { registries, stars, registrations } = scanned;
  return {
    bindings: name => first.get(name) ?? others().get(name) ?? [],
    get names() {
      return new Map([...first, ...others()]);
    },
    registries,
    stars,
    registrations,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

const isDefinition = (stored: Stored): stored is readonly ['class' | 'function', number, number] => Array.isArray(stored);
