/** Where a value came from, the newest first, in words with links. */
import type { Origin } from '../config/resolved.ts';
import { sameSite } from '../config/sites.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';

/** A place as an editor can open it. */
export type Link = (site: Site) => string;

const MOST = 6;
const LONGEST = 60;

/** Markdown: a line for each value that was overridden, and one for where the value itself stands if it is in another file. Null: there is nothing to tell. */
export function history(project: Project, origin: Origin, file: string, link: Link): string | null {
  const lines: string[] = [];
  if (origin.value.file !== file) lines.push(`- set in ${told(origin.key, link)}`);
  // A dict that is merged into where it stands is told of as what it was.
  const literals = origin.literals.filter(literal => !isOverridden(origin, literal));
  for (const literal of literals.slice(0, 2)) lines.push(`- made of \`${short(project, literal)}\` in ${told(literal, link)}`);
  for (let at = origin.overrides; at; at = at.overrides) {
    if (lines.length === MOST) {
      lines.push('- …');
      break;
    }
    lines.push(`- was ${inWords(project, at, null, link)}`);
  }
  return lines.length ? lines.join('\n') : null;
}

function isOverridden({ overrides }: Origin, literal: Site): boolean {
  for (let at = overrides; at; at = at.overrides) if (sameSite(at.value, literal)) return true;
  return false;
}

/** `2` in a.py, line 3. */
export const inWords = (project: Project, { key, value }: Origin, shown: string | null, link: Link): string =>
  `\`${shown !== null && shown.length <= LONGEST && !shown.includes('\n') ? shown : short(project, value)}\` in ${told(key, link)}`;

const told = (site: Site, link: Link): string => `[${site.file.slice(site.file.lastIndexOf('/') + 1)}, line ${site.line}](${link(site)})`;

function short(project: Project, { file, start, end }: Site): string {
  const text = project.host.read(file)?.slice(start, end) ?? '';
  return text.length > LONGEST || text.includes('\n') ? `${text.slice(0, LONGEST - 3).split('\n')[0]}…` : text;
}
