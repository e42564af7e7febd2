/** Whole paths that a config may name as its base, the likeliest first: what the configs beside it name, its neighbours themselves, what lies in folders of bases, and all other configs of the tree. */
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
  const named = new Map<string, number>();
  for (const other of near.slice(0, MOST_READ))
    for (const path of basesNamedIn(files.read(`${folder}/${other}`) ?? ''))
      named.set(path, (named.get(path) ?? 0) + 1 + shared(other, name) / 4);
  // A list of bases is one of each kind: what goes with those that are given comes before what stands in their place.
  const kinds = new Set(given.map(kindOf));
  const score = (path: string): number => (named.get(path) ?? 0) * (kinds.has(kindOf(path)) && kindOf(path) !== '' ? 0.1 : 1);
  const likely = [...named.keys()].sort((a, b) => score(b) - score(a));
  const taken = new Set(given);
  // As those beside it write what lies in the same folder.
  const ofFolder = likely.filter(path => !/^\.\.|::|\w\//.test(path));
  const isDotted = ofFolder.filter(path => path.startsWith('./')).length * 2 > ofFolder.length;
  const found = new Set([...likely, ...near.map(other => (isDotted ? `./${other}` : other))]);
  for (const path of inTree(folder, files)) found.add(path);
  return [...found].filter(path => path !== name && path !== `./${name}` && !taken.has(path));
}

/** Configs of the same folder, those of the most alike names first. Absolute. */
export function configsBeside(file: string, list: Files['list']): readonly string[] {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const name = file.slice(folder.length + 1);
  const others = configsIn({ list, read: () => null }, folder).filter(other => other !== name);
  return others.toSorted((a, b) => shared(b, name) - shared(a, name) || (a < b ? -1 : 1)).map(other => `${folder}/${other}`);
}

/** Texts of `_base_`, one or a list. */
export function basesNamedIn(text: string): readonly string[] {
  const value = /^_base_\s*=\s*(\[[^\]]*\]|\([^)]*\)|(['"])[^'"\n]*\2)/m.exec(text)?.[1] ?? '';
  return [...value.matchAll(/(['"])([^'"\n]+)\1/g)].map(found => found[2]!);
}

/** Folder of bases: `../_base_/models`; two of one folder take each other's place. */
const kindOf = (path: string): string => /(.*_base_\/.*)\//.exec(path)?.[1] ?? '';

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
const configsIn = (files: Files, folder: string): readonly string[] =>
  files.list(folder).flatMap(({ name, kind }) => (kind === 'file' && isConfigFile(name) ? [name] : []));

/** Letters that two names begin with alike. */
function shared(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
