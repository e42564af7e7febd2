/**
 * What the configs around one write where: those of the same folder of configs, the user's own or a library's. They know what no source tells: which keys a table has that
 * a class hands on, which of sixty transforms this project uses. Read in steps, when nothing is asked; what an editor holds open is left out: it is being written.
 */
import { walkConfigs } from '../../project/configs.ts';
import type { Host } from '../../project/host.ts';
import type { Usage } from '../usage.ts';
import { type Habit, habitsOf } from './habits-of.ts';

export interface NearbyHabits {
  /** Reads what is new around the files that were asked of. To be run to its end, which is true; each step is one file. */
  learn(): Generator<undefined, true>;
  /** Some file came, went or changed: `learn` looks at all of them again, and at none where nothing did. */
  filesChanged(): void;
  /** As of what was read; the file's surroundings are read next time. `usage`: what is known besides. */
  around(file: string, usage: Usage): Usage;
}

interface Known {
  readonly version: string;
  readonly habits: readonly Habit[];
}
type Counts = Map<string, Map<string, number>>;
interface Surroundings {
  readonly known: Map<string, Known>;
  /** Place → name → in so many files. Of all of them, and of each folder. */
  readonly all: Counts;
  readonly folders: Map<string, Counts>;
  /** How many changes there had been when they were last read to the end; null: they never were. */
  changes: number | null;
}

const MOST_FILES = 3000;
const MOST_SURROUNDINGS = 6;
const LARGEST = 200_000;
/** A file of the same folder weighs as much as so many from elsewhere. */
const WEIGHT = { folder: 12, above: 3 } as const;

/** One a host: what was learned outlives the project that asked. */
export function nearbyHabits(host: Host): NearbyHabits {
  const before = kept.get(host);
  if (before) return before;
  const made = habitsThrough(host);
  kept.set(host, made);
  return made;
}
const kept = new WeakMap<Host, NearbyHabits>();

function habitsThrough(host: Host): NearbyHabits {
  const surroundings = new Map<string, Surroundings>();
  let changes = 0;

  function* learn(): Generator<undefined, true> {
    for (const [root, around] of surroundings) {
      if (around.changes === changes) continue;
      const began = changes;
      const present = new Set<string>();
      for (const file of walkConfigs(host, root)) {
        if (present.size >= MOST_FILES) break;
        yield;
        const version = file.endsWith('.py') ? host.version(file) : null;
        if (version === null || version.startsWith('open ')) continue;
        present.add(file);
        if (around.known.get(file)?.version === version) continue;
        forget(around, file);
        const text = host.read(file) ?? '';
        remember(around, file, { version, habits: text.length > LARGEST ? [] : habitsOf(text) });
      }
      for (const file of [...around.known.keys()]) if (!present.has(file)) forget(around, file);
      around.changes = began;
    }
    return true;
  }
  const surroundingsOf = (file: string): Surroundings => {
    const root = rootOf(file);
    let found = surroundings.get(root);
    if (!found) {
      const [oldest] = surroundings.keys();
      if (surroundings.size >= MOST_SURROUNDINGS && oldest !== undefined) surroundings.delete(oldest);
      surroundings.set(root, (found = { known: new Map(), all: new Map(), folders: new Map(), changes: null }));
    }
    return found;
  };
  return { learn, filesChanged: () => void changes++, around: (file, usage) => usageIn(surroundingsOf(file), file, usage) };
}

/** The folder of configs that a file lies in; where it is in none, its own. */
function rootOf(file: string): string {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const found = /^(.*\/configs?)(?:\/|$)/.exec(folder)?.[1];
  return found ?? folder;
}

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/'));

function remember(around: Surroundings, file: string, known: Known): void {
  around.known.set(file, known);
  count(around, file, known.habits, 1);
}
function forget(around: Surroundings, file: string): void {
  count(around, file, around.known.get(file)?.habits ?? [], -1);
  around.known.delete(file);
}
function count({ all, folders }: Surroundings, file: string, habits: readonly Habit[], by: number): void {
  const folder = folderOf(file);
  const own: Counts = folders.get(folder) ?? new Map();
  folders.set(folder, own);
  for (const { of, name } of habits) {
    for (const counts of [all, own]) {
      const names = counts.get(of) ?? new Map<string, number>();
      counts.set(of, names);
      const n = (names.get(name) ?? 0) + by;
      if (n > 0) names.set(name, n);
      else names.delete(name);
    }
  }
}

function usageIn({ all, folders }: Surroundings, file: string, usage: Usage): Usage {
  const folder = folderOf(file);
  const own = folders.get(folder);
  const above = folders.get(folderOf(folder));
  /** The commonest first, those nearby before others. */
  const names = (...places: readonly string[]): readonly string[] => {
    const weights = new Map<string, number>();
    for (const of of places) {
      for (const [name, n] of all.get(of) ?? []) {
        const near = (own?.get(of)?.get(name) ?? 0) * WEIGHT.folder + (above?.get(of)?.get(name) ?? 0) * WEIGHT.above;
        weights.set(name, (weights.get(name) ?? 0) + n + near);
      }
    }
    return [...weights].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  };
  const under = (table: string, path: readonly (string | number)[]): readonly string[] => {
    const [top, ...more] = path.filter(step => typeof step === 'string');
    if (top === undefined) return names(`${table} `);
    const [last] = more.slice(-1);
    return last === undefined ? names(`${table} /${top}`, `${table} ${top}`) : names(`${table} ${last}`);
  };
  const before = (learned: readonly string[], known: readonly string[]): readonly string[] =>
    learned.length > 0 ? [...new Set([...learned, ...known])] : known;
  const bare = (type: string): string => type.slice(type.lastIndexOf('.') + 1);
  return {
    keysUnder: path => before(under('keys', path), usage.keysUnder(path)),
    argumentsOf: type => before(names(`arguments ${bare(type)}`), usage.argumentsOf(type)),
    typesUnder: (path, scope) =>
      before(scope === undefined ? under('types', path).map(bare) : under('types', path), usage.typesUnder(path, scope)),
  };
}
