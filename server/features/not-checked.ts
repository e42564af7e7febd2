/** "What Was Not Checked?": all that Necktie keeps silent about in a config, each with its reason, as Markdown. */
import { formatPath } from '../config/path.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Project } from '../project/project.ts';
import { lookupPart } from '../recipe/part-types.ts';
import { typedParts } from '../recipe/typed-parts.ts';
import { isMissingLibrary } from '../rules/library-missing.ts';

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Null: the file is no config. Runs the model where its verdict is not known yet. */
export function notCheckedIn(project: Project, file: string): string | null {
  if (!project.isConfig(file)) return null;
  const config = project.config(file);
  const sections = [values(config), types(project, config), model(project.verdict(file))].filter(({ lines }) => lines.length > 0);
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (sections.length === 0) return `# ${name}\n\nAll of it was checked.\n`;
  const told = sections.map(({ title, lines }) => `## ${title}\n\n${lines.map(line => `- ${line}\n`).join('')}`);
  return `# What was not checked in ${name}\n\nNo error is claimed here: what is not known to the end is left alone.\n\n${told.join('\n')}`;
}

function values({ problems, unknowns }: ResolvedConfig): Section {
  return {
    title: 'Values',
    lines: [
      ...problems.filter(isMissingLibrary).map(({ subject = '', message }) => `What ${code(subject)} brings: ${message}`),
      ...unknowns.map(({ path, reason }) => `${path.length > 0 ? code(formatPath(path)) : 'What a base brings'}: ${reason}`),
    ],
  };
}

/** Types of which nothing is known, one line a type. */
function types(project: Project, config: ResolvedConfig): Section {
  const context = project.context(config);
  const found = new Map<string, { readonly reason: string; readonly paths: string[] }>();
  for (const part of typedParts(context)) {
    const answer = lookupPart(context, part);
    if (answer.kind !== 'unknown') continue;
    const before = found.get(part.type);
    if (before) before.paths.push(formatPath(part.path));
    else found.set(part.type, { reason: answer.reason, paths: [formatPath(part.path)] });
  }
  return {
    title: 'Types and their arguments',
    lines: [...found].map(([type, { reason, paths }]) => {
      const more = paths.length > SHOWN ? ` and ${paths.length - SHOWN} more` : '';
      return `${code(type)}: ${reason} (at ${paths.slice(0, SHOWN).map(code).join(', ')}${more})`;
    }),
  };
}
const SHOWN = 3;

function model(verdict: Verdict | null): Section {
  const lines: string[] = [];
  if (verdict?.unknown) lines.push(`The network was not run to its end: ${verdict.unknown}`);
  if (verdict?.facts) lines.push(`What is certain all the same: ${verdict.facts}`);
  if (verdict?.partsError) {
    const { type, message } = verdict.partsError;
    lines.push(`Backbone, neck and head in a row, which the model's own way does not run so: ${type}: ${message.split('\n')[0]}`);
  }
  return { title: 'The model', lines };
}

const code = (text: string): string => `\`${text}\``;
