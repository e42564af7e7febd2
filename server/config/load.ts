/** A config file with its bases, in whichever of mmengine's four forms it is written. */
import { posix } from 'node:path';
import { Dict } from '../python/types/dict.ts';
import { EXTENSIONS } from './base-path.ts';
import type { ConfigContext, Loaded } from './context.ts';
import { loadData } from './load-data.ts';
import { loadLazy } from './load-lazy.ts';
import { loadText } from './load-text.ts';
import { problem, topOf } from './problem.ts';
import { readPython } from './read-python.ts';
import type { ConfigProblem } from './resolved.ts';

/** For a base: the files that wait for it, the first asked for first, and what they are. */
export interface Parent {
  readonly files: readonly string[];
  readonly style: 'text' | 'lazy';
}

export function load(context: ConfigContext, file: string, parent: Parent | null): Loaded {
  const key = `${parent?.style ?? ''}:${file}`;
  const known = context.loaded.get(key);
  if (known) return known;
  const made = loadAnew(context, file, parent);
  context.loaded.set(key, made, made.sources);
  return made;
}

function loadAnew(context: ConfigContext, file: string, parent: Parent | null): Loaded {
  const { host } = context;
  const version = host.version(file);
  const text = host.read(file);
  const extension = posix.extname(file);
  if (text === null || !EXTENSIONS.includes(extension)) {
    const message = text === null ? `[Errno 2] No such file or directory: '${file}'` : 'Only py/yml/yaml/json type are supported now!';
    return {
      style: 'text',
      value: new Dict(),
      problems: [problem('base-not-found', text === null ? 'FileNotFoundError' : 'OSError', message, topOf(file), { subject: file })],
      chain: [file],
      sources: new Map([[file, version]]),
      text: '',
      body: null,
    };
  }
  if (extension !== '.py') return loadData(context, { file, version, text }, parent);
  const python = readPython(context, file, text);
  // A text-style file that is asked for as a lazy base is read as one.
  const made =
    python.style === 'lazy' || parent?.style === 'lazy'
      ? loadLazy(context, { file, version, text, ...python }, parent)
      : loadText(context, { file, version, text, ...python }, parent);
  if (!python.mended.length) return made;
  // What else is wrong with a half-typed statement comes of its being half typed.
  const follows = (p: ConfigProblem): boolean =>
    p.kind !== 'syntax-error' && p.site.file === file && python.mended.some(f => p.site.start >= f.start && p.site.end <= f.end);
  return { ...made, problems: made.problems.filter(p => !follows(p)) };
}

export interface Source {
  readonly file: string;
  readonly version: string | null;
  readonly text: string;
}
