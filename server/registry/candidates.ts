/** Which entries may stand at a place of a config, best first. */
import type { Entry } from './entry.ts';
import type { Sight } from './sight.ts';
import type { Tables } from './tables.ts';
import { libraryRank, writtenUnder } from './written.ts';

export interface Place {
  readonly scope: string;
  /** The root registry's name; null: any. */
  readonly registry: string | null;
  readonly role: string | null;
}
export interface Candidate {
  readonly entry: Entry;
  /** Text for `type='…'`. */
  readonly written: string;
  /** `written` in small letters, and the name alone without its strokes: what is typed is compared at every key. */
  readonly folded: string;
  readonly plain: string;
  /** The lower the likelier; those that fit alike have the same. */
  readonly rank: number;
}

/** From here on a candidate's rank says: of the registry, but it does not play the part. */
export const UNFIT = 100;

/** `sight`: what the config that asks sees of its workspace. */
export function candidates(tables: Tables, place: Place, sight?: (entry: Entry) => Sight): readonly Candidate[] {
  tables.names().forEach(tables.library);
  tables.own();
  const out = new Map<string, Pick<Candidate, 'entry' | 'written'>>();
  for (const library of tables.read()) {
    for (const entry of library.entries) {
      if (place.registry !== null && entry.registry !== place.registry && entry.under !== null) continue;
      if (sight?.(entry) === 'neighbour') continue;
      const written = writtenUnder(entry, place.scope, name => tables.held(place.scope, name).some(own => own.registry === entry.registry));
      const known = out.get(written);
      if (!known || (known.entry.source === null && entry.source !== null)) out.set(written, { entry, written });
    }
  }
  const fits = (entry: Entry): number => (place.role !== null && entry.role === place.role ? 0 : 1);
  const home = (entry: Entry): number =>
    entry.under === place.scope ? 0 : entry.under === 'mmengine' || entry.under === null ? 1 : 2 + libraryRank(entry.scope);
  // Abstract bases are there to be derived from.
  const abstract = (entry: Entry): number => (/^Base[A-Z]/.test(entry.name) ? 0.5 : 0);
  const used = (entry: Entry): number => tables.snapshot.find(entry.under, entry.registry, entry.name)?.used ?? 0;
  const ranked = [...out.values()].map(candidate => ({
    candidate: {
      entry: candidate.entry,
      written: candidate.written,
      folded: candidate.written.toLowerCase(),
      plain: candidate.entry.name.toLowerCase().replaceAll('_', ''),
      rank: fits(candidate.entry) * UNFIT + home(candidate.entry) + abstract(candidate.entry),
    },
    used: used(candidate.entry),
  }));
  ranked.sort((a, b) => a.candidate.rank - b.candidate.rank || b.used - a.used || (a.candidate.written < b.candidate.written ? -1 : 1));
  return ranked.map(({ candidate }) => candidate);
}
