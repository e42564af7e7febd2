/** Cuts words out of configs and looks whether completion brings them back: offered at all, how far down the editor's list, and what stands there once accepted. */
import { completionAt } from '../../server/features/completion-at.ts';
import type { Project } from '../../server/project/project.ts';
import { finished } from '../../server/project/steps.ts';
import { type Cut, cut, FORMS, type Form, givesBack, type Place, type PlaceKind } from './completion-places.ts';
import { shown } from './suggest-list.ts';

export interface Trial {
  readonly place: Place;
  readonly form: Form;
  /** How many letters of the word are typed. */
  readonly letters: number;
}
export interface Outcome extends Trial {
  /** From 0; null: not among what is shown. */
  readonly rank: number | null;
  /** Once accepted the text is what it was. */
  readonly restored: boolean;
}

let cuts = 0;

/** Letters typed: none, the first, a few. */
const LETTERS = [0, 1, 3];

export const trialsOf = (place: Place): readonly Trial[] =>
  FORMS.flatMap(form => LETTERS.filter(letters => letters < place.word.length).map(letters => ({ place, form, letters })));

export function outcomeOf(project: Project, trial: Trial): Outcome {
  const { place, form, letters } = trial;
  const original = project.host.read(place.file) ?? '';
  const made = cut(original, place, form, letters);
  // Under a name that nothing is known of yet: not even how the text was before.
  const file = `${place.file.slice(0, -'.py'.length)}_cut${cuts++}.py`;
  const restore = project.host.lay(file, made.text);
  // Nor is anything learned from the original: it is as one that is being written.
  const hidden = project.host.lay(place.file, '');
  project.filesChanged();
  finished(project.habits.learn());
  try {
    const items = completionAt(project, file, made.offset);
    const list = shown(items, item => made.text.slice(item.range.start, made.offset));
    const rank = list.findIndex(item => givesBack(original, made, form, { ...item.range, text: item.text }) && holds(item, made, place));
    const named = rank >= 0 ? rank : list.findIndex(({ label }) => label === place.word);
    return { ...trial, rank: named >= 0 ? named : null, restored: rank >= 0 };
  } finally {
    hidden();
    restore();
  }
}

/** The whole word, and not only a part that leads to it: the folder of a base's path is one step of several. */
function holds(
  item: { readonly text: string; readonly range: { readonly start: number } },
  { offset }: Cut,
  { word, start, kind }: Place,
): boolean {
  const reached = item.range.start + item.text.length - start;
  return item.range.start <= offset && (kind === 'path' ? reached > offset - start : reached >= word.length);
}

export interface Figures {
  readonly count: number;
  /** Shares from 0 to 1. */
  readonly offered: number;
  readonly amongTen: number;
  readonly restored: number;
}
export function figures(outcomes: readonly Outcome[]): Figures {
  const share = (holds: (o: Outcome) => boolean): number => outcomes.filter(holds).length / Math.max(1, outcomes.length);
  return {
    count: outcomes.length,
    offered: share(o => o.rank !== null),
    amongTen: share(o => o.rank !== null && o.rank < 10),
    restored: share(o => o.restored),
  };
}

/** A row a kind and a form, for a person to read. */
export function table(outcomes: readonly Outcome[]): string {
  const percent = (n: number): string => `${(n * 100).toFixed(1)} %`.padStart(8);
  const row = (name: string, some: readonly Outcome[]): string[] => {
    if (some.length === 0) return [];
    const { count, offered, amongTen, restored } = figures(some);
    return [`${name.padEnd(16)}${String(count).padStart(6)}${percent(offered)}${percent(amongTen)}${percent(restored)}`];
  };
  const kinds: readonly PlaceKind[] = ['type', 'argument', 'key', 'top', 'path', 'base'];
  return [
    `${''.padEnd(16)}${'cuts'.padStart(6)} offered   first10 restored`,
    ...row('all', outcomes),
    ...kinds.flatMap(kind =>
      row(
        kind,
        outcomes.filter(o => o.place.kind === kind),
      ),
    ),
    ...FORMS.flatMap(form =>
      row(
        form,
        outcomes.filter(o => o.form === form),
      ),
    ),
    ...LETTERS.flatMap(letters =>
      row(
        `${letters} letters`,
        outcomes.filter(o => o.letters === letters),
      ),
    ),
  ].join('\n');
}
