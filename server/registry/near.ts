/** "Did you mean": names that are written almost so, and the same name in another library. */
import type { Entry } from './entry.ts';
import type { Tables } from './tables.ts';
import { libraryRank, writtenUnder } from './written.ts';

const MOST = 5;

/** Best first, as they must be written under `scope`. */
export function nearNames(tables: Tables, name: string, scope: string, registry: string | null): readonly string[] {
  const bare = name.slice(name.lastIndexOf('.') + 1);
  const limit = Math.max(1, Math.floor(bare.length / 4));
  tables.names().forEach(tables.library);
  const found = new Map<string, number>();
  for (const library of tables.read()) {
    for (const entry of library.entries) {
      if (registry !== null && entry.registry !== registry) continue;
      const cost = difference(bare, entry.name, limit);
      if (cost === null) continue;
      const written = writtenUnder(entry, scope, other => tables.held(scope, other).length > 0);
      const prefixed = name.includes('.') && name.startsWith(`${entry.under}.`) ? -0.5 : 0;
      const score = cost + (written.includes('.') ? 0.25 : 0) + libraryCost(entry) + prefixed;
      if (written !== name) found.set(written, Math.min(score, found.get(written) ?? Infinity));
    }
  }
  return [...found]
    .sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST)
    .map(([written]) => written);
}

const libraryCost = (entry: Entry): number => libraryRank(entry.scope) / 100;

/** Edits between two names; 0 for the same, 0.1 where only case differs. Null: more than `limit`. */
export function difference(a: string, b: string, limit: number): number | null {
  if (a === b) return 0;
  // Most pairs that are asked for end here.
  if (Math.abs(a.length - b.length) > limit) return null;
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x === y) return 0.1;
  // Damerau's distance: two letters in the wrong order are one slip.
  let before: number[] = [];
  let previous = Array.from({ length: y.length + 1 }, (_, i) => i);
  for (let i = 1; i <= x.length; i++) {
    const row = [i];
    for (let j = 1; j <= y.length; j++) {
      const same = x[i - 1] === y[j - 1];
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && x[i - 1] === y[j - 2] && x[i - 2] === y[j - 1]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) return null;
    before = previous;
    previous = row;
  }
  const cost = previous[y.length]!;
  return cost <= limit ? cost : null;
}
