/**
 * Whole paths that a config may name as its base, the likeliest first: what the configs beside it name, its neighbours themselves, what lies in folders of bases, and all
 * other configs of the tree. Names tell most: `yolox_s_8xb8_coco.py` is made of parts, and from configs, that have some of its words.
 */
import type { FolderEntry } from '../project/host.ts';

export interface Files {
  list(folder: string): readonly FolderEntry[];
  read(file: string): string | null;
}

/** So many configs of the same folder are read for what they name. */
const MOST_READ = 60;
const MOST_FOUND = 4000;
/** A tree of configs is a folder of this name, or as many folders up. */
const TREE = /^configs?$/;
const HIGHEST = 3;

/** `file`: the config; `given`: paths that it names already. As they are written: `../_base_/default_runtime.py`. */
export function baseCandidates(file: string, given: readonly string[], files: Files): readonly string[] {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const name = file.slice(folder.length + 1);
  const near = configsBeside(file, files.list).map(other => other.slice(folder.length + 1));
  const words = wordsOf(name);
  const around = new Set([...words, ...wordsOf(folder)]);
  /** Shares of the configs beside it that name a path, where those of like names have more of a voice. */
  const named = new Map<string, number>();
  let voices = 0;
  for (const other of near.slice(0, MOST_READ)) {
    const paths = basesNamedIn(files.read(`${folder}/${other}`) ?? '');
    if (paths.length === 0) continue;
    const voice = VOICE ** (likeness(wordsOf(other), words) * 4);
    voices += voice;
    for (const path of paths) named.set(path, (named.get(path) ?? 0) + voice);
  }
  // As those beside it write what lies in the same folder.
  const ofFolder = [...named.keys()].filter(path => !/^\.\.|::|\w\//.test(path));
  const isDotted = ofFolder.filter(path => path.startsWith('./')).length * 2 > ofFolder.length;
  const found = new Set([...named.keys(), ...near.map(other => (isDotted ? `./${other}` : other)), ...inTree(folder, files)]);
  // A list of bases is one of each kind: what goes with those that are given comes before what stands in their place, and both before what has parts of all kinds.
  const kinds = new Set(given.map(kindOf).filter(kind => kind !== null));
  const score = (path: string): number => {
    const kind = kindOf(path);
    const fit = kinds.size === 0 || kind === '' ? 1 : kind === null ? 0.2 : kinds.has(kind) ? 0.1 : 1;
    return (
      ((named.get(path) ?? 0) / Math.max(1, voices) +
        (kind === null ? likeness(wordsOf(path), words) : coverage(wordsOf(path), around)) +
        (kind === '' ? FOR_ALL : 0)) *
      fit
    );
  };
  const taken = new Set([name, ...given].map(bare));
  const ordered = [...found]
    .filter(path => !taken.has(bare(path)))
    .map(path => ({ path, score: score(path) }))
    .sort((a, b) => b.score - a.score)
    .map(({ path }) => path);
  // One file may be written in two ways: the likelier is enough, and the other is there for whoever types it.
  const first = new Map(ordered.toReversed().map(path => [bare(path), path]));
  const isFirst = (path: string): boolean => first.get(bare(path)) === path;
  return [...ordered.filter(isFirst), ...ordered.filter(path => !isFirst(path))];
}
/** What is there for all configs is likelier than its name tells. */
const FOR_ALL = 0.5;
/** For each quarter of its name that is the same, a config's voice counts so many times more. */
const VOICE = 6;

/** The same path, however it is written. */
const bare = (path: string): string => path.replace(/^(?:\.\/)+/, '');

/** Of the file's name; of a part also those of its folder among the parts of one kind: `models/van/van_tiny.py`. */
const wordsOf = (path: string): ReadonlySet<string> =>
  new Set(
    path
      .replace(/^.*_base_\/(?:\w+\/)?|^.*\//, '')
      .replace(/\.py$/, '')
      .toLowerCase()
      .split(/[_\-./]+/)
      .filter(Boolean),
  );

/** Share of a part's words that stand in the config's name, which names its other parts as well. */
const coverage = (part: ReadonlySet<string>, whole: ReadonlySet<string>): number => common(part, whole) / Math.max(1, part.size);
/** Share of the words that two names have in common: 0 to 1. */
const likeness = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => (2 * common(a, b)) / Math.max(1, a.size + b.size);
const common = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => [...a].filter(word => b.has(word)).length;

/** Configs of the same folder, those of the most alike names first. Absolute. */
export function configsBeside(file: string, list: Files['list']): readonly string[] {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const name = file.slice(folder.length + 1);
  const others = configsIn(list, folder).filter(other => other !== name);
  return others.toSorted((a, b) => shared(b, name) - shared(a, name) || (a < b ? -1 : 1)).map(other => `${folder}/${other}`);
}

/** Texts of `_base_`, one or a list; a long one may be written in several pieces. */
export function basesNamedIn(text: string): readonly string[] {
  const value = /^_base_\s*=\s*(\[[^\]]*\]|\([^)]*\)|(['"])[^'"\n]*\2)/m.exec(text)?.[1] ?? '';
  return [...value.matchAll(/(?:(['"])[^'"\n]+\1\s*)+/g)].map(([pieces]) =>
    [...pieces.matchAll(/(['"])([^'"\n]+)\1/g)].map(found => found[2]!).join(''),
  );
}

/** Folder of bases, `models` of `../_base_/models/x.py`: two of one take each other's place. Empty: what lies in `_base_` itself, which goes with all. Null: no part of a config, but a whole one. */
const kindOf = (path: string): string | null => {
  const inside = /(?:^|[/:])_base_\/(.*)$/.exec(path)?.[1];
  return inside === undefined ? null : inside.slice(0, Math.max(0, inside.indexOf('/')));
};

function inTree(folder: string, files: Files): readonly string[] {
  const found: string[] = [];
  const later: string[] = [];
  const walk = (at: string, written: string, into: string[], depth: number): void => {
    for (const { name, kind } of files.list(at)) {
      if (found.length + later.length > MOST_FOUND) return;
      if (kind === 'folder') {
        if (depth > 0 && !name.startsWith('.') && name !== '__pycache__') walk(`${at}/${name}`, `${written}${name}/`, into, depth - 1);
      } else if (isConfigFile(name)) into.push(`${written}${name}`);
    }
  };
  let at = folder;
  let up = '';
  for (let level = 0; level < HIGHEST && !TREE.test(at.slice(at.lastIndexOf('/') + 1)) && at.lastIndexOf('/') > 0; level++) {
    const below = at;
    at = at.slice(0, at.lastIndexOf('/'));
    up += '../';
    for (const { name, kind } of files.list(at)) {
      if (kind !== 'folder' || name.startsWith('.') || `${at}/${name}` === below) continue;
      walk(`${at}/${name}`, `${up}${name}/`, name === '_base_' ? found : later, 3);
    }
  }
  return [...found, ...later];
}

const isConfigFile = (name: string): boolean => /\.py$/.test(name) && name !== '__init__.py';
const configsIn = (list: Files['list'], folder: string): readonly string[] =>
  list(folder).flatMap(({ name, kind }) => (kind === 'file' && isConfigFile(name) ? [name] : []));

/** Letters that two names begin with alike. */
function shared(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
