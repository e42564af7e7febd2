/** Where something is defined: a base's file, what a name or `_base_.x` means, a registered type's source, what an override overrides, the places a value came from. */

import { textFrom } from '../config/from-value.ts';
import { originAt, valueAt } from '../config/origins.ts';
import type { ConfigPath, Origin } from '../config/resolved.ts';
import { sameSite } from '../config/sites.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import { namesAt } from './at-place.ts';
import { baseWith } from './base-values.ts';
import { importDefinitionAt, importDefinitionOf } from './import-definition.ts';
import { linksIn } from './links.ts';
import { memberAt } from './member-at.ts';
import { namedAt } from './named-at.ts';
import { typeAt } from './type-at.ts';
import { typeSource } from './type-source.ts';
import { writtenHere } from './written-here.ts';

export function definitionAt(project: Project, file: string, offset: number): readonly Site[] {
  if (!project.isConfig(file)) return [];
  const base = linksIn(project, file).find(link => link.start <= offset && offset <= link.end);
  if (base) return [{ file: base.target, start: 0, end: 0, line: 1 }];
  const imported = importDefinitionAt(project, file, offset);
  if (imported) return [imported];
  const typed = typeAt(project, file, offset);
  const source = typed && typeSource(project, typed.entry, typed.parameter);
  if (source && !typed.parameter) return [source];
  const named = ofName(project, file, offset);
  if (named) return [named];
  const member = memberAt(project, file, offset);
  if (member) {
    const at = namesAt(project, file, member.use);
    const key = at && originAt(at, member.path)?.key;
    if (key) return [key];
  }
  const here = writtenHere(project, project.config(file), offset).written.at(-1);
  if (!here) return source ? [source] : [];
  const { path, origin } = here;
  const onKey = origin.key.file === file && origin.key.start <= offset && offset <= origin.key.end;
  // On a key that overrides: to what it overrides. On one that does not: to itself, so that an editor shows who refers to it.
  // An argument is defined in the class's source as well.
  if (onKey) {
    const overridden = origin.overrides ? chain(origin.overrides).map(({ key }) => key) : [];
    return source ? [...overridden, source] : overridden.length > 0 ? overridden : [origin.key];
  }
  const type = typeStandingAt(project, file, path);
  if (type) return [type];
  return distinct(chain(origin).flatMap(({ key, literals }) => [key, ...literals])).filter(
    site => !(site.file === file && site.start <= offset && offset <= site.end),
  );
}

function ofName(project: Project, file: string, offset: number): Site | null {
  const named = namedAt(project, file, offset);
  if (named?.kind === 'base') {
    const base = baseWith(project, file, named.path);
    return (base && originAt(base, named.path)?.key) ?? null;
  }
  if (!named) return null;
  if (named.binding) return { file, ...named.binding.span };
  const { name } = named.use;
  // Without a binding it is imported: by its name, or with all that a base of lazy style has.
  return importDefinitionOf(project, file, name) ?? originAt(project.config(file), [name])?.key ?? null;
}

/** The source of the type that stands at a path, by way of a variable too. */
function typeStandingAt(project: Project, file: string, path: ConfigPath): Site | null {
  const config = project.config(file);
  const name = path.at(-1) === 'type' ? textFrom(valueAt(config, path)) : undefined;
  if (name === undefined) return null;
  const found = project.registry.lookup(name, textFrom(valueAt(config, ['default_scope'])) ?? 'mmengine', null);
  return found.kind === 'found' ? typeSource(project, found.entry) : null;
}

function chain(origin: Origin): readonly Origin[] {
  const all: Origin[] = [];
  for (let at: Origin | null = origin; at; at = at.overrides) all.push(at);
  return all;
}
const distinct = (sites: readonly Site[]): readonly Site[] =>
  sites.filter((site, i) => sites.findIndex(other => sameSite(site, other)) === i);
