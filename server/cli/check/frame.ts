/** A diagnostic with the lines it is about, for a terminal. */

import type { Site } from '../../python/value.ts';
import type { Diagnostic, Severity } from '../../rules/diagnostic.ts';
import type { Colour, Paint } from '../paint.ts';
import type { Told } from './told.ts';

const COLOURS: Readonly<Record<Severity, Colour>> = { error: 'red', warning: 'yellow', information: 'blue', hint: 'cyan' };

export function frame({ code, severity, message, site, related, fixes }: Diagnostic, told: Told, paint: Paint): string {
  const [sentence = '', ...rest] = message.split('\n');
  const lines = [`${placeOf(site, told, paint)} ${paint(COLOURS[severity], `${severity}[${code}]`)} ${paint('bold', sentence)}`];
  lines.push(...source(site, told, paint, COLOURS[severity], 1));
  for (const line of rest) lines.push(`  ${paint('dim', line)}`);
  for (const other of related) {
    lines.push(`  ${placeOf(other.site, told, paint)} ${other.message}`);
    lines.push(...source(other.site, told, paint, 'blue', 0).map(line => `  ${line}`));
  }
  for (const fix of fixes) lines.push(`  ${paint('green', 'fix:')} ${fix.title}`);
  return `${lines.join('\n')}\n`;
}

/** `configs/a.py:12:9:` counted from 1. */
export function placeOf(site: Site, told: Told, paint: Paint): string {
  const { line, character } = told.lines(site.file).position(site.start);
  return `${paint('bold', `${told.name(site.file)}:${line + 1}:${character + 1}`)}:`;
}

/** The line with what is meant underlined, and as many lines before it. */
function source(site: Site, told: Told, paint: Paint, colour: Colour, before: number): readonly string[] {
  const lines = told.lines(site.file);
  const start = lines.position(site.start);
  const end = lines.position(site.end);
  const width = String(start.line + 1).length;
  const shown: string[] = [];
  for (let line = Math.max(0, start.line - before); line <= start.line; line++) {
    shown.push(`  ${paint('dim', `${String(line + 1).padStart(width)} |`)} ${lines.text(line).replaceAll('\t', ' ')}`.trimEnd());
  }
  const last = end.line === start.line ? end.character : lines.text(start.line).length;
  const marks = '^'.repeat(Math.max(1, last - start.character));
  shown.push(`  ${' '.repeat(width)} ${paint('dim', '|')} ${' '.repeat(start.character)}${paint(colour, marks)}`);
  return shown;
}
