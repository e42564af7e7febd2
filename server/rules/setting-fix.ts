/** A fix that writes values: in place where they are literals of the open file, else as an override below. */
import { originAt } from '../config/origins.ts';
import type { Edit, Fix } from './diagnostic.ts';
import { type Assignment, override } from './fit/override.ts';
import type { ConfigContext } from './rule.ts';

/** Empty where the file's form does not allow it. */
export function settingFix({ config, text, body }: ConfigContext, assignments: readonly Assignment[], title: string): readonly Fix[] {
  const { file } = config;
  const own = text(file);
  const statements = body(file);
  if (own === null || !statements) return [];
  const edits: Edit[] = [];
  const rest: Assignment[] = [];
  for (const assignment of assignments) {
    const origin = originAt(config, assignment.path);
    const site = origin && [origin.value, ...origin.literals].find(s => s.file === file && LITERAL.test(own.slice(s.start, s.end)));
    if (site) edits.push({ file, start: site.start, end: site.end, text: assignment.text });
    else rest.push(assignment);
  }
  const written = rest.length ? override(file, own, statements, rest) : [];
  return written ? [{ title, edits: inOnePlace([...edits, ...written]), preferred: true }] : [];
}
const LITERAL = /^(?:-?[\d._]+(?:e[+-]?\d+)?|True|False|None|'[^'\n]*'|"[^"\n]*")$/i;

/** Several lines at the end of a file are one insertion, and what is used twice is changed once. */
function inOnePlace(edits: readonly Edit[]): readonly Edit[] {
  const out: Edit[] = [];
  for (const edit of edits) {
    const same = out.findIndex(other => other.start === edit.start && other.end === edit.end);
    const before = out[same];
    if (!before) out.push(edit);
    else if (edit.start === edit.end) out[same] = { ...before, text: before.text + edit.text.replace(/^\n/, '') };
  }
  return out.sort((a, b) => a.start - b.start);
}
