/** Who overrides or reads a key: in this file, and in every config of the workspace that rests on it. */
import { originAt, pathsAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../config/resolved.ts';
import { sameSite } from '../config/sites.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import { bindingOf, bindingsIn } from '../syntax/bindings.ts';
import { recover } from '../syntax/recover.ts';
import { Lines } from '../text/lines.ts';
import { baseWith } from './base-values.ts';
import { dependentsOf } from './dependents.ts';
import { namedAt } from './named-at.ts';

export function referencesAt(project: Project, file: string, offset: number, withDeclaration: boolean): readonly Site[] {
  if (!project.isConfig(file)) return [];
  const target = targetAt(project, file, offset);
  if (!target) return [];
  const { path, origin } = target;
  const sites: Site[] = withDeclaration ? [origin.key] : [];
  sites.push(...readsIn(project, origin.key.file, path));
  for (const dependent of dependentsOf(project, origin.key.file)) {
    sites.push(...overridesIn(project.config(dependent), path, origin.key), ...basesReadIn(project, dependent, path));
  }
  return sites.filter((site, i) => sites.findIndex(other => sameSite(site, other)) === i);
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

/** Readings of a name in its own file. */
function readsIn(project: Project, file: string, path: ConfigPath): readonly Site[] {
  const [name, ...more] = path;
  if (more.length) return [];
  const names = bindingsIn(recover(project.configs.parse, project.host.read(file) ?? '').body);
  return names.uses.filter(use => use.name === name && !bindingOf(names, use)?.scope).map(({ span }) => ({ file, ...span }));
}

/** `_base_.a.b`, and what goes on from there. */
function basesReadIn(project: Project, file: string, path: ConfigPath): readonly Site[] {
  const text = project.host.read(file) ?? '';
  const wanted = `_base_.${formatPath(path)}`;
  const sites: Site[] = [];
  for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + 1)) {
    const end = start + wanted.length;
    if (/^\w/.test(text.slice(end))) continue;
    sites.push({ file, start, end, line: new Lines(text).position(start).line + 1 });
  }
  return sites;
}
