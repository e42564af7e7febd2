/** Of a type, all configs that use it. Of a key, who overrides or reads it: in this file, and in every config of the workspace that rests on it. */
import { originAt, pathsAt } from '../config/origins.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../config/resolved.ts';
import { sameSite } from '../config/sites.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import { bindingOf, bindingsIn, type NameUse } from '../syntax/bindings.ts';
import { recover } from '../syntax/recover.ts';
import { Lines } from '../text/lines.ts';
import { baseWith } from './base-values.ts';
import { dependentsOf, writersOf } from './dependents.ts';
import { baseReferences, namedAt } from './named-at.ts';
import { typeAt } from './type-at.ts';
import { typeReferences } from './type-references.ts';

/** In steps of one file each: hundreds of configs may rest on one, and whoever types must not wait for them. */
export function* referencesAt(
  project: Project,
  file: string,
  offset: number,
  withDeclaration: boolean,
): Generator<undefined, readonly Site[]> {
  if (!project.isConfig(file)) return [];
  const type = typeAt(project, file, offset);
  if (type && !type.parameter) return yield* typeReferences(project, type.entry, withDeclaration);
  const target = targetAt(project, file, offset);
  if (!target) return [];
  const { path, origin } = target;
  const home = origin.key.file;
  const sites = new Map<string, Site>();
  const add = (found: readonly Site[]): void => {
    for (const site of found) sites.set(`${site.file}:${site.start}:${site.end}`, site);
  };
  if (withDeclaration) add([origin.key]);
  add(readsIn(project, home, path));
  const dependents = yield* dependentsOf(project, home);
  for (const writer of writersOf(project, home, dependents, path)) {
    add(overridesIn(project.config(writer), path, origin.key));
    add(basesReadIn(project, writer, path));
    // Under lazy imports, a base's name is read as one's own.
    if (project.config(writer).style === 'lazy') add(readsIn(project, writer, path, true));
    yield;
  }
  return [...sites.values()];
}

interface Target {
  readonly path: ConfigPath;
  /** Of the key as the file itself, or the base that is spoken of, has it. */
  readonly origin: Origin;
}

function targetAt(project: Project, file: string, offset: number): Target | null {
  const named = namedAt(project, file, offset);
  const config = named?.kind === 'base' ? baseWith(project, file, named.path) : project.config(file);
  const path =
    named?.kind === 'base'
      ? named.path
      : named?.binding?.scope === null
        ? [named.use.name]
        : pathsAt(project.config(file), file, offset).at(-1);
  const origin = config && path && originAt(config, path);
  return origin ? { path, origin } : null;
}

/** What was written over the key since, by whichever file of the chain. */
function overridesIn(config: ResolvedConfig, path: ConfigPath, key: Site): readonly Site[] {
  const over: Site[] = [];
  for (let at: Origin | null = originAt(config, path) ?? null; at; at = at.overrides) {
    if (sameSite(at.key, key)) return over.filter(site => site.file !== key.file);
    over.push(at.key);
  }
  return [];
}

/** Readings of a name in its own file; `imported`: where it is another's. */
function readsIn(project: Project, file: string, path: ConfigPath, imported = false): readonly Site[] {
  const [name, ...more] = path;
  if (more.length) return [];
  if (!file.endsWith('.py')) return [];
  const names = bindingsIn(recover(project.configs.parse, project.host.read(file) ?? '').body);
  const meant = (use: NameUse): boolean => (imported ? bindingOf(names, use) === null : !bindingOf(names, use)?.scope);
  return names.uses.filter(use => use.name === name && meant(use)).map(({ span }) => ({ file, ...span }));
}

/** `_base_.a.b`, and what goes on from there. */
function basesReadIn(project: Project, file: string, path: ConfigPath): readonly Site[] {
  const text = project.host.read(file) ?? '';
  if (!text.includes('_base_')) return [];
  const lines = new Lines(text);
  return baseReferences(text, path).map(({ start, end }) => ({ file, start, end, line: lines.position(start).line + 1 }));
}
