/** What a place in a config means: the value as it is after merging, where it came from, what a type takes, what a part puts out. */

import { textFrom } from '../config/from-value.ts';
import { originAt, valueAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../config/resolved.ts';
import { sameSite } from '../config/sites.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Project } from '../project/project.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site } from '../python/value.ts';
import type { RanSize } from '../recipe/sizes/ran-size.ts';
import type { Entry } from '../registry/entry.ts';
import { basesAt, namesAt, type Placed } from './at-place.ts';
import { baseWith } from './base-values.ts';
import { keysAt } from './completion-base.ts';
import { argumentText, documentationOf } from './entry-text.ts';
import { history, inWords, type Link } from './history.ts';
import { levelsTable } from './levels-table.ts';
import { linksIn } from './links.ts';
import { memberAt } from './member-at.ts';
import { namedAt } from './named-at.ts';
import { shownValue } from './shown-value.ts';
import { stepText } from './step-text.ts';
import { typeAt } from './type-at.ts';
import { type Written, writtenHere } from './written-here.ts';

export interface Hovered {
  readonly start: number;
  readonly end: number;
  /** Markdown. */
  readonly text: string;
}

/** `ran`: what a run of its model has shown. */
export function hoverAt(
  project: Project,
  file: string,
  offset: number,
  { verdict, sizes }: { readonly verdict: Verdict | null; readonly sizes: readonly RanSize[] },
  link: Link,
): Hovered | null {
  if (!project.isConfig(file)) return null;
  const config = project.config(file);
  const base = linksIn(project, file).find(({ start, end }) => start <= offset && offset <= end);
  if (base) return hovered(base, [baseText(project, base.target, link)]);
  const named = ofName(project, file, offset, link);
  if (named) return named;
  const { written, now } = writtenHere(project, config, offset);
  const [here, ...others] = written;
  const member = ofMember(project, file, offset, here?.origin.key ?? null, link);
  if (member) return member;
  if (!here) return ofType(project, file, offset);
  const { path, origin, site } = here;
  const parts = [
    valueText(now, path),
    typeText(project, now, path, offset, origin),
    stepText(
      project,
      config,
      written.map(w => w.path),
      sizes,
    ),
    part(path, verdict),
    uses(others),
    now === config ? null : later(project, config, path, origin, link),
    history(project, origin, file, link),
  ];
  return hovered({ start: site.start, end: Math.min(site.end, endOfLine(project, file, site.start)) }, parts);
}

/** What takes its place further down. */
function later(project: Project, config: ResolvedConfig, path: ConfigPath, { key }: Origin, link: Link): string | null {
  const last = originAt(config, path);
  const value = valueAt(config, path);
  if (!last || value === undefined || sameSite(last.key, key)) return 'replaced further down';
  return `- later ${inWords(project, last, shownValue(value), link)}`;
}

/** On the path of a base: which file it is, and what it has. */
function baseText(project: Project, file: string, link: Link): string {
  const { value } = project.config(file);
  const names = keysAt({ value }, []).map(({ name }) => `\`${name}\``);
  const told = names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join(', ')}, …` : names.join(', ');
  return `[${file.slice(file.lastIndexOf('/') + 1)}](${link({ file, start: 0, end: 0, line: 1 })})${told ? `: ${told}` : ''}`;
}
const MOST_NAMES = 12;

/** Where else the same text counts. */
function uses(others: readonly Written[]): string | null {
  const names = others.slice(0, 4).map(({ path }) => `\`${formatPath(path)}\``);
  return names.length ? `used as ${names.join(', ')}${others.length > names.length ? ', …' : ''}` : null;
}

function valueText(config: Placed, path: ConfigPath, before = ''): string {
  const value = valueAt(config, path);
  if (value instanceof UnknownValue) return `\`${before}${formatPath(path)}\`: not known without running Python`;
  return `\`\`\`python\n${before}${formatPath(path)} = ${value === undefined ? '…' : shownValue(value)}\n\`\`\``;
}

/** On a type and on an argument: what the class takes. On a part: what its type is. */
function typeText(project: Project, config: Placed, path: ConfigPath, offset: number, origin: Origin): string | null {
  const here = typeAt(project, config.file, offset);
  if (here) return here.parameter ? argumentText(here.entry, here.parameter) : documented(project, here.entry);
  const onKey = origin.key.start <= offset && offset <= origin.key.end;
  const name = onKey ? textFrom(valueAt(config, [...path, 'type'])) : undefined;
  if (name === undefined) return null;
  const found = project.registry.lookup(name, textFrom(valueAt(config, ['default_scope'])) ?? 'mmengine', null);
  return found.kind === 'found' ? documented(project, found.entry) : null;
}
const documented = ({ registry }: Project, entry: Entry): string =>
  documentationOf(entry, registry.libraries.get(entry.scope)?.version ?? null);

/** Where nothing is known of the value: a class of lazy style, a text that cannot be read. */
function ofType(project: Project, file: string, offset: number): Hovered | null {
  const here = typeAt(project, file, offset);
  return here && hovered(here, [here.parameter ? argumentText(here.entry, here.parameter) : documented(project, here.entry)]);
}

function part(path: ConfigPath, verdict: Verdict | null): string | null {
  const [root, name] = path;
  if (!verdict || root !== 'model' || typeof name !== 'string' || path.length > 3) return null;
  const found = verdict.parts.find(p => p.name === name);
  return found ? levelsTable(found) : null;
}

/** On a name that is read: what it stands for, there. */
function ofName(project: Project, file: string, offset: number, link: Link): Hovered | null {
  const named = namedAt(project, file, offset);
  if (named?.kind === 'base') {
    const at = basesAt(project, file, offset, named.braces);
    const base = at && originAt(at, named.path) ? at : baseWith(project, file, named.path);
    const origin = base && originAt(base, named.path);
    if (!base || !origin) return null;
    return hovered(named, [valueText(base, named.path, '_base_.'), history(project, origin, file, link)]);
  }
  if (!named || named.binding?.scope) return null;
  const path = [named.use.name];
  const at = namesAt(project, file, named.use);
  const config = at && originAt(at, path) ? at : project.config(file);
  const origin = originAt(config, path);
  if (!origin) return null;
  const type = typeAt(project, file, offset);
  if (type && !type.parameter) return hovered(named.use.span, [documented(project, type.entry)]);
  return hovered(named.use.span, [valueText(config, path), history(project, origin, file, link)]);
}

/** On a part that is read. `key`: of what is written there, which counts where the part is what is assigned to. */
function ofMember(project: Project, file: string, offset: number, key: Site | null, link: Link): Hovered | null {
  const member = memberAt(project, file, offset);
  if (!member || (key && key.file === file && key.start <= offset && offset <= key.end)) return null;
  const at = namesAt(project, file, member.use);
  const origin = at && originAt(at, member.path);
  return at && origin ? hovered(member, [valueText(at, member.path), history(project, origin, file, link)]) : null;
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
