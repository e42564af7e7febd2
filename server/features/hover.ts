/** What a place in a config means: the value as it is after merging, where it came from, what a type takes, what a part puts out. */
import { originAt, pathsAt, valueAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Project } from '../project/project.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site } from '../python/value.ts';
import { textFrom } from '../rules/fit/plain.ts';
import { bindingsIn } from '../syntax/bindings.ts';
import { recover } from '../syntax/recover.ts';
import { baseWith } from './base-values.ts';
import { history, type Link } from './history.ts';
import { levelsTable } from './levels-table.ts';
import { namedAt } from './named-at.ts';
import { shownValue } from './shown-value.ts';
import { signatureOf } from './signature.ts';

export interface Hovered {
  readonly start: number;
  readonly end: number;
  /** Markdown. */
  readonly text: string;
}

export function hoverAt(project: Project, file: string, offset: number, verdict: Verdict | null, link: Link): Hovered | null {
  if (!project.isConfig(file)) return null;
  const config = project.config(file);
  const named = ofName(project, file, offset, link);
  if (named) return named;
  const [here, ...others] = writtenAt(config, file, offset);
  if (!here) return ofBinding(project, config, file, offset, link);
  const { path, origin, site } = here;
  const parts = [
    valueText(config, path),
    typeText(project, config, path, offset, origin),
    part(path, verdict),
    uses(others),
    history(project, origin, file, link),
  ];
  return hovered({ start: site.start, end: Math.min(site.end, endOfLine(project, file, site.start)) }, parts);
}

interface Written {
  readonly path: ConfigPath;
  readonly origin: Origin;
  readonly site: Site;
}

/** What the innermost text around a place says: a variable's own path first, then where its value went. */
function writtenAt(config: ResolvedConfig, file: string, offset: number): readonly Written[] {
  const found = pathsAt(config, file, offset).flatMap((path): Written[] => {
    const origin = originAt(config, path);
    const site =
      origin &&
      [origin.value, origin.key, ...origin.literals].filter(s => s.file === file && s.start <= offset && offset <= s.end).sort(bySize)[0];
    return origin && site ? [{ path, origin, site }] : [];
  });
  const [nearest] = found.toSorted((a, b) => bySize(a.site, b.site));
  return found.filter(w => nearest && bySize(w.site, nearest.site) === 0).sort((a, b) => a.path.length - b.path.length);
}
const bySize = (a: Site, b: Site): number => a.end - a.start - (b.end - b.start);

/** Where else the same text counts. */
function uses(others: readonly Written[]): string | null {
  const names = others.slice(0, 4).map(({ path }) => `\`${formatPath(path)}\``);
  return names.length ? `used as ${names.join(', ')}${others.length > names.length ? ', …' : ''}` : null;
}

function valueText(config: ResolvedConfig, path: ConfigPath, before = ''): string {
  const value = valueAt(config, path);
  if (value instanceof UnknownValue) return `\`${before}${formatPath(path)}\`: not known without running Python`;
  return `\`\`\`python\n${before}${formatPath(path)} = ${value === undefined ? '…' : shownValue(value)}\n\`\`\``;
}

/** On a `type`, and on the part that has it. */
function typeText(project: Project, config: ResolvedConfig, path: ConfigPath, offset: number, origin: Origin): string | null {
  const onType = path.at(-1) === 'type';
  const onKey = origin.key.start <= offset && offset <= origin.key.end;
  const name = textFrom(valueAt(config, onType ? path : [...path, 'type']));
  if (name === undefined || !(onType || onKey)) return null;
  const found = project.registry.lookup(name, textFrom(valueAt(config, ['default_scope'])) ?? 'mmengine', null);
  return found.kind === 'found' ? signatureOf(found.entry) : null;
}

function part(path: ConfigPath, verdict: Verdict | null): string | null {
  const [root, name] = path;
  if (!verdict || root !== 'model' || typeof name !== 'string' || path.length > 3) return null;
  const found = verdict.parts.find(p => p.name === name);
  return found ? levelsTable(found) : null;
}

/** On a name that is read: what it stands for. */
function ofName(project: Project, file: string, offset: number, link: Link): Hovered | null {
  const named = namedAt(project, file, offset);
  if (named?.kind === 'base') {
    const base = baseWith(project, file, named.path);
    const origin = base && originAt(base, named.path);
    if (!base || !origin) return null;
    return hovered(named, [valueText(base, named.path, '_base_.'), history(project, origin, file, link)]);
  }
  if (!named || named.binding?.scope) return null;
  const config = project.config(file);
  const path = [named.use.name];
  const origin = originAt(config, path);
  return origin ? hovered(named.use.span, [valueText(config, path), history(project, origin, file, link)]) : null;
}
/** On a name that is bound, and bound again further down. */
function ofBinding(project: Project, config: ResolvedConfig, file: string, offset: number, link: Link): Hovered | null {
  const { bindings } = bindingsIn(recover(project.configs.parse, project.host.read(file) ?? '').body);
  const found = bindings.find(({ scope, span }) => !scope && span.start <= offset && offset <= span.end);
  const origin = found && originAt(config, [found.name]);
  return origin ? hovered(found.span, [valueText(config, [found.name]), history(project, origin, file, link)]) : null;
}
const hovered = ({ start, end }: { readonly start: number; readonly end: number }, parts: readonly (string | null)[]): Hovered => ({
  start,
  end,
  text: parts.filter(p => p !== null).join('\n\n'),
});

function endOfLine(project: Project, file: string, from: number): number {
  const text = project.host.read(file) ?? '';
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}
