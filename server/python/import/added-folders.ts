/**
 * Folders that a program puts into `sys.path` itself, as scripts and repositories do that carry a library of their own: modules are found in them as Python finds them,
 * before the rest where they stand before the program's own folder, else behind it.
 */
import { plain } from '../origin.ts';
import { List } from '../types/list.ts';
import type { Value } from '../value.ts';
import type { FoundModule, ModuleFinder } from './finder.ts';

export class AddedFolders {
  readonly #path: () => Value | undefined;
  readonly #open: (folder: string) => ModuleFinder | null;
  readonly #finders = new Map<string, ModuleFinder | null>();

  /** `path`: `sys.path`, where the program has it. `open`: null for what cannot be looked into. */
  constructor(path: () => Value | undefined, open: (folder: string) => ModuleFinder | null) {
    this.#path = path;
    this.#open = open;
  }

  find(name: string, first: boolean): FoundModule | null {
    const entries = this.#entries();
    if (!entries || isUntouched(entries) || LOADED.has(name)) return null;
    const own = entries.findIndex(entry => plain(entry) === '');
    const asked = first ? entries.slice(0, own < 0 ? entries.length : own) : own < 0 ? [] : entries.slice(own + 1);
    for (const entry of asked) {
      const found = this.#finder(entry)?.find(name);
      if (found) return found;
    }
    return null;
  }

  /** Nothing was added that cannot be looked into. */
  get areKnown(): boolean {
    const entries = this.#entries();
    return entries !== null && (isUntouched(entries) || entries.every(entry => plain(entry) === '' || this.#finder(entry) !== null));
  }

  /** Null: not a list any more, or not known. */
  #entries(): readonly Value[] | null {
    const path = this.#path();
    if (path === undefined) return [''];
    return path instanceof List ? path.items : null;
  }
  #finder(entry: Value): ModuleFinder | null {
    const folder = plain(entry);
    if (typeof folder !== 'string') return null;
    let finder = this.#finders.get(folder);
    if (finder === undefined) this.#finders.set(folder, (finder = this.#open(folder)));
    return finder;
  }
}

/** Loaded before any program runs, or built into Python: no folder's module takes their place (CPython 3.11). */
const LOADED = new Set(
  'abc atexit builtins codecs encodings errno faulthandler gc genericpath io itertools marshal os posix posixpath pwd site stat sys time zipimport _abc _codecs _collections _collections_abc _functools _imp _io _locale _operator _signal _sre _stat _string _symtable _thread _tracemalloc _warnings _weakref'.split(
    ' ',
  ),
);
const isUntouched = (entries: readonly Value[]): boolean => entries.length === 1 && entries[0] === '';
