/**
 * What a run of a program changes in what was there before it: lists, dicts, sets, classes and global names that its imports have left. A model that is built again, in
 * a session that has built others, must find all as it was after the imports, as in a process of its own: a class that counts its instances begins at none, a table
 * from which a constructor takes a row has it still. Imports themselves happen once, and what they change stays.
 */
export class Journal {
  readonly #before = new Map<object, () => void>();
  /** Something was changed that cannot be put back: what is run next must begin from imports made anew. */
  isSpoiled = false;

  /** `before`: puts it back as it is now. Of each thing, the first counts. */
  note(changed: object, before: () => () => void): void {
    if (!this.#before.has(changed)) this.#before.set(changed, before());
  }
  /** By an import, during the run: to put back what the run had changed of it before would take the import's part away. */
  imported(changed: object): void {
    if (this.#before.has(changed)) this.isSpoiled = true;
  }
  /** What was there before the run and is not as it was. */
  get changed(): Iterable<object> {
    return this.#before.keys();
  }
  undo(): void {
    for (const back of this.#before.values()) back();
    this.#before.clear();
  }
}

/** The run that is going on, where it keeps a journal. Null while a module is imported. What is made now outlives the run where it is null. */
export let journal: Journal | null = null;

/** Of the run that an import waits for. */
let around: Journal | null = null;

export function recording<T>(kept: Journal | null, run: () => T): T {
  const outer = [journal, around] as const;
  around = kept ?? journal ?? around;
  journal = kept;
  try {
    return run();
  } finally {
    [journal, around] = outer;
  }
}

/** What another interpreter changes is none of the run's. */
export function unrecorded<T>(run: () => T): T {
  const outer = [journal, around] as const;
  [journal, around] = [null, null];
  try {
    return run();
  } finally {
    [journal, around] = outer;
  }
}

/** To be called before something is changed that was there before the run. */
export function changing(changed: object, before: () => () => void): void {
  if (journal) journal.note(changed, before);
  else around?.imported(changed);
}
/** The same where it cannot be put back: what an iterator has given. */
export function spending(): void {
  if (journal) journal.isSpoiled = true;
}
