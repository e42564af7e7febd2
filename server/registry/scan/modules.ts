/** Follows a name from module to module, through imports, stars and aliases, to where it is defined. Nothing is run: a name that code makes is not found. */

import { ownText } from '../../text/own-text.ts';
import type { Packages } from '../packages.ts';
import type { Argument } from './arguments.ts';
import type { ClassOutline, FunctionOutline } from './definitions.ts';
import { type Docstring, NOTHING_TOLD, readDocstring } from './docstring.ts';
import type { Table } from './literal-table.ts';
import type { Outline } from './outline.ts';
import type { Outlines } from './outlines.ts';

export type Definition =
  | { readonly kind: 'class'; readonly module: string; readonly file: string; readonly outline: ClassOutline }
  | { readonly kind: 'function'; readonly module: string; readonly file: string; readonly outline: FunctionOutline }
  | { readonly kind: 'registry'; readonly module: string; readonly variable: string; readonly args: readonly Argument[] }
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'table'; readonly table: Table }
  /** Of a library whose sources are not at hand: `torch.nn.Conv2d`. */
  | { readonly kind: 'external'; readonly name: string };

export interface Modules {
  readonly packages: Packages;
  readonly outlines: Outlines;
  /** Null where there is no such module. */
  outline(module: string): Outline | null;
  /** What a dotted name means within a module; null where nothing in it tells. */
  resolve(module: string, dotted: string): Definition | null;
  /** A class's or a function's docstring; `of`: what stands in that file. */
  docstring(file: string, of: ClassOutline | FunctionOutline): Docstring;
  /** While work lasts, which goes on at once, these outlines of files are those that there are. */
  seeing<T>(outlines: ReadonlyMap<string, Outline>, work: () => T): T;
  /** What was made of a file is no longer so. */
  forget(file: string): void;
}

/** Longer chains of imports than this go round in circles. */
const DEEPEST = 40;

export function modulesOf(packages: Packages, outlines: Outlines): Modules {
  const known = new Map<string, { readonly file: string; readonly outline: Outline | null }>();
  let seen: ReadonlyMap<string, Outline> = new Map();

  const outlineOf = (module: string): Outline | null => {
    const before = known.get(module);
    if (before) return before.outline;
    const place = packages.find(module);
    if (!place) return null;
    const made = { file: place.file, outline: seen.get(place.file) ?? outlines.of(place.file) };
    known.set(module, made);
    return made.outline;
  };

  const resolve = (module: string, dotted: string, depth = 0): Definition | null => {
    if (depth > DEEPEST) return null;
    const [first, ...rest] = dotted.split('.');
    const own = member(module, first!, depth);
    return own && rest.length ? within(own, rest, depth) : own;
  };

  /** The rest of a dotted name, past a definition. */
  const within = (definition: Definition, rest: readonly string[], depth: number): Definition | null => {
    if (definition.kind === 'external') return { kind: 'external', name: [definition.name, ...rest].join('.') };
    if (definition.kind !== 'module') return null;
    return resolve(definition.module, rest.join('.'), depth + 1);
  };

  const member = (module: string, name: string, depth: number): Definition | null => {
    const place = packages.find(module);
    const made = outlineOf(module);
    if (!place || !made) return submodule(module, name);
    for (const binding of made.bindings(name)) {
      const found = ((): Definition | null => {
        switch (binding.kind) {
          case 'class':
            return { kind: 'class', module, file: place.file, outline: binding };
          case 'function':
            return { kind: 'function', module, file: place.file, outline: binding };
          case 'table':
            return { kind: 'table', table: binding.table };
          case 'registry':
            return { kind: 'registry', module, variable: name, args: binding.args };
          case 'alias':
            return binding.target.split('.')[0] === name ? null : resolve(module, binding.target, depth + 1);
          case 'import': {
            const from = absolute(binding.module, module, place.package);
            return from === module && binding.name === name ? submodule(from, name) : imported(from, binding.name, depth);
          }
        }
      })();
      if (found) return found;
    }
    let starred: Definition | null = null;
    for (const star of made.stars) {
      const found = imported(absolute(star, module, place.package), name, depth);
      // A library that is not at hand may or may not have the name: stars of it tell nothing.
      if (found && found.kind !== 'external' && found.kind !== 'module') return found;
      if (found?.kind === 'module') starred ??= found;
    }
    // Of `from .registry import *` a module of that package is the last that is meant.
    return submodule(module, name) ?? starred;
  };

  /** A folder without `__init__.py` is a module too. */
  const submodule = (module: string, name: string): Definition | null =>
    packages.find(`${module}.${name}`) || packages.isFolder(`${module}.${name}`) ? { kind: 'module', module: `${module}.${name}` } : null;

  const imported = (module: string, name: string | null, depth: number): Definition | null => {
    if (!packages.find(module)) {
      if (packages.isFolder(module)) return name === null ? { kind: 'module', module } : submodule(module, name);
      if (packages.folder(module.split('.')[0]!)) return null;
      return { kind: 'external', name: name === null ? module : `${module}.${name}` };
    }
    return name === null ? { kind: 'module', module } : depth > DEEPEST ? null : member(module, name, depth + 1);
  };

  const docstring = (file: string, of: ClassOutline | FunctionOutline): Docstring => {
    if (of.doc === null) return NOTHING_TOLD;
    const text = ownText(outlines.text(file, of.doc)).replace(/^[rRuU]/, '');
    const quotes = /^(?:"""|'''|"|')/.exec(text)?.[0].length ?? 0;
    return readDocstring(text.slice(quotes, text.length - quotes));
  };
  const forget = (file: string): void => {
    for (const [module, made] of known) if (made.file === file) known.delete(module);
  };
  const seeing = <T>(found: ReadonlyMap<string, Outline>, work: () => T): T => {
    const before = seen;
    seen = found;
    try {
      return work();
    } finally {
      seen = before;
    }
  };

  return { packages, outlines, outline: outlineOf, resolve, docstring, seeing, forget };
}

/** `..registry` within `mmdet.models.necks` → `mmdet.registry`. */
export function absolute(written: string, module: string, isPackage: boolean): string {
  const dots = /^\.*/.exec(written)![0].length;
  if (dots === 0) return written;
  const parts = module.split('.');
  const base = parts.slice(0, parts.length - (isPackage ? dots - 1 : dots));
  const rest = written.slice(dots);
  return [...base, ...(rest ? [rest] : [])].join('.');
}
