/**
 * What mmengine replaces in a config's text before anything reads it: `{{ fileDirname }}` and its kin, `{{$NAME:default}}` from the environment, and
 * `{{ _base_.a.b }}`, for which a string stands until the bases are known. Sites keep to the text as it was written: `original` leads back.
 */
import { posix } from 'node:path';
import type { Span } from '../syntax/nodes.ts';

export interface Substitution {
  readonly text: string;
  /** Names of base variables by the string that stands for them. */
  readonly placeholders: ReadonlyMap<string, string>;
  /** mmengine's complaint, where an environment variable is not set and has no default; and where it is written. */
  readonly missing: { readonly message: string; readonly span: Span } | null;
  /** Environment variables that the text asks for. */
  readonly environment: readonly string[];
  /** A range of `text` in the text as it was written; null where each place is the same in both. */
  readonly original: ((span: Span) => Span) | null;
  /** So far each is. */
  readonly alike: number;
  /** A part of the text with the same replaced, and how often: where only names of the file were, by what means no more in a literal than in any text. */
  readonly inPart: ((part: string) => { readonly text: string; readonly count: number }) | null;
}

interface Replaced {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly to: number;
}

export function substitute(file: string, written: string, environment: ReadonlyMap<string, string>): Substitution {
  if (!written.includes('{{'))
    return { text: written, placeholders: new Map(), missing: null, environment: [], original: null, alike: written.length, inPart: null };
  const passes: (readonly Replaced[])[] = [];
  let movesLines = false;
  let text = written;
  let alike = written.length;
  const replace = (pattern: RegExp, by: (found: RegExpExecArray) => string): void => {
    const done: Replaced[] = [];
    let moves = false;
    let out = '';
    let at = 0;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      const value = by(found);
      const isInPlace = value.length === found[0].length && !value.includes('\n') && !found[0].includes('\n');
      if (!isInPlace) moves = true;
      if (value.includes('\n') || found[0].includes('\n')) movesLines = true;
      if (!isInPlace) alike = Math.min(alike, found.index);
      out += text.slice(at, found.index);
      done.push({ start: out.length, end: out.length + value.length, from: found.index, to: found.index + found[0].length });
      out += value;
      at = found.index + found[0].length;
    }
    if (!done.length) return;
    text = out + text.slice(at);
    if (moves) passes.push(done);
  };

  const { base, name, ext, dir } = posix.parse(file);
  const ofFile = new Map([
    ['fileDirname', dir],
    ['fileBasename', base],
    ['fileBasenameNoExtension', name],
    ['fileExtname', ext],
  ]);
  for (const [key, value] of ofFile) replace(new RegExp(`\\{\\{\\s*${key}\\s*\\}\\}`, 'g'), () => value);
  const inPart = (part: string): { text: string; count: number } => {
    let count = 0;
    const filled = part.replace(OF_FILE, (_, key: string) => (count++, ofFile.get(key) ?? ''));
    return { text: filled, count };
  };
  const harmless = !text.includes('{{') && ![...ofFile.values()].some(value => SPECIAL.test(value));
  const back = (span: Span): Span => original(movesLines ? written : null, passes, span);

  let missing: Substitution['missing'] = null;
  const asked: string[] = [];
  for (const found of text.matchAll(/\{\{['"]?\s*\$(\w+)\s*:\s*(\S*?)\s*['"]?\}\}/g)) {
    const [whole, variable = '', fallback = ''] = found;
    asked.push(variable);
    const value = environment.get(variable) ?? fallback;
    if (!value) {
      const start = text.indexOf(whole);
      missing ??= {
        message: `\`${variable}\` cannot be found in \`os.environ\`. Please set \`${variable}\` in environment or give a default value.`,
        span: original(written, passes, { start, end: start + whole.length, line: 0 }),
      };
      continue;
    }
    // As mmengine builds it: the default stands in the pattern as it is.
    const pattern = patternOf(`\\{\\{['"]?\\s*\\$${variable}\\s*:\\s*${fallback}\\s*['"]?\\}\\}`);
    if (pattern) replace(pattern, () => value);
  }

  const placeholders = new Map<string, string>();
  replace(/\{\{\s*_base_\.([\w.]+)\s*\}\}/g, found => {
    const variable = found[1] ?? '';
    // As long as what it stands for: then all that follows stays where it was written.
    const stands = `_${variable}_${PLACEHOLDER}`.padEnd(found[0].length - 2, '0');
    placeholders.set(stands, variable);
    return `"${stands}"`;
  });
  return {
    text,
    placeholders,
    missing,
    environment: asked,
    original: passes.length ? back : null,
    alike,
    inPart: harmless ? inPart : null,
  };
}
const OF_FILE = /\{\{\s*(fileDirname|fileBasename|fileBasenameNoExtension|fileExtname)\s*\}\}/g;
const SPECIAL = /['"\\\n\r{}]/;
/** mmengine has six random digits here, which no config can count on. */
const PLACEHOLDER = '7e1c0d';

function patternOf(text: string): RegExp | null {
  try {
    return new RegExp(text, 'g');
  } catch {
    return null;
  }
}

/** `written`: null where each line is the line that it was. */
function original(written: string | null, passes: readonly (readonly Replaced[])[], { start, end, line: same }: Span): Span {
  const from = passes.reduceRight((at, pass) => mapped(pass, at, 'from'), start);
  const to = passes.reduceRight((at, pass) => mapped(pass, at, 'to'), end);
  if (written === null) return { start: from, end: Math.max(from, to), line: same };
  let line = 1;
  for (let i = written.indexOf('\n'); i >= 0 && i < from; i = written.indexOf('\n', i + 1)) line++;
  return { start: from, end: Math.max(from, to), line };
}
/** A place after a pass, in the text before it. Inside of what was put in: the edge of what was there. */
function mapped(pass: readonly Replaced[], at: number, edge: 'from' | 'to'): number {
  let shift = 0;
  for (const r of pass) {
    if (at < r.start || (edge === 'to' && at === r.start)) break;
    if (at < r.end || (edge === 'to' && at === r.end)) return at === r.start ? r.from : r[edge];
    shift = r.to - r.end;
  }
  return at + shift;
}
