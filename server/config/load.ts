/** A config file with its bases, in whichever of mmengine's four forms it is written. */
import { posix } from 'node:path';
import { ConfigDict } from './config-dict.ts';
import type { ConfigContext, Loaded } from './context.ts';
import { loadData } from './load-data.ts';
import { loadLazy } from './load-lazy.ts';
import { loadText } from './load-text.ts';
import { readPython } from './read-python.ts';
import { type NoSource, readSource } from './read-source.ts';
import type { ConfigProblem } from './resolved.ts';

/** For a base: the files that wait for it, the first asked for first, and what they are. */
export interface Parent {
  readonly files: readonly string[];
  readonly style: 'text' | 'lazy';
}

/** Asked for by itself or as the base of a config of its own style, a file is the same, unless it is among those that wait for it. */
export function load(context: ConfigContext, file: string, parent: Parent | null): Loaded {
  const { loaded } = context;
  const alike = parent?.style === 'lazy' ? `lazy:${file}` : file;
  const apart = `${parent?.style ?? 'alone'}:${file}, in a circle`;
  const known = loaded.get(alike) ?? loaded.get(apart);
  if (known) return known;
  const made = loadAnew(context, file, parent);
  const isCyclic = made.problems.some(p => p.kind === 'base-cycle');
  loaded.set(isCyclic ? apart : alike, made, made.sources);
  if (!isCyclic && !parent && made.style === 'lazy') loaded.set(`lazy:${file}`, made, made.sources);
  return made;
}

function loadAnew(context: ConfigContext, file: string, parent: Parent | null): Loaded {
  const version = context.moment.version(file);
  const read = readSource(context.host, file);
  if (read.kind === 'nothing') return nothing(file, version, read);
  const source = { file, version, text: read.text };
  const made = posix.extname(file) === '.py' ? loadPython(context, source, parent) : loadData(context, source, parent);
  return read.faults.length ? { ...made, problems: [...read.faults, ...made.problems] } : made;
}

/** A file that has no text for us: for mmengine neither, or it is too large to be read here, and then nothing is known of it. */
function nothing(file: string, version: string | null, { problems, reason }: NoSource): Loaded {
  const value = new ConfigDict();
  value.incomplete = reason;
  return { style: 'text', value, problems, chain: [file], sources: new Map([[file, version]]), text: '', body: null };
}

function loadPython(context: ConfigContext, source: Source, parent: Parent | null): Loaded {
  const python = readPython(context, source.file, source.text);
  // A text-style file that is asked for as a lazy base is read as one.
  const made =
    python.style === 'lazy' || parent?.style === 'lazy'
      ? loadLazy(context, { ...source, ...python }, parent)
      : loadText(context, { ...source, ...python }, parent);
  if (!python.mended.length) return made;
  // What else is wrong with a half-typed statement comes of its being half typed.
  const follows = (p: ConfigProblem): boolean =>
    p.kind !== 'syntax-error' && p.site.file === source.file && python.mended.some(f => p.site.start >= f.start && p.site.end <= f.end);
  return { ...made, problems: made.problems.filter(p => !follows(p)) };
}

export interface Source {
  readonly file: string;
  readonly version: string | null;
  readonly text: string;
}
