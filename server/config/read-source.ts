/** A config file's text, as mmengine's `open` gives it; or what there is to say where there is none. */
import { posix } from 'node:path';
import type { Flaw, Host } from '../project/host.ts';
import { EXTENSIONS } from './base-path.ts';
import { problem, topOf } from './problem.ts';
import type { ConfigProblem } from './resolved.ts';

export interface SourceText {
  readonly kind: 'text';
  readonly text: string;
  /** What Python refuses before anything is parsed. What follows is read all the same. */
  readonly faults: readonly ConfigProblem[];
}
export interface NoSource {
  readonly kind: 'nothing';
  readonly problems: readonly ConfigProblem[];
  /** Why nothing is known of a file that mmengine would read: a bound of ours. */
  readonly reason: string | null;
}

/** Characters. The largest of the libraries' own have some 100,000. */
const LARGEST = 4 * 2 ** 20;
/** Brackets and `=` or `:`: each becomes an object here, and a text of nothing else would take gigabytes. */
const PARTS = 500_000;

export function readSource(host: Host, file: string): SourceText | NoSource {
  const text = host.read(file);
  const flaw = host.flaw?.(file) ?? null;
  if (flaw?.kind === 'too large') return { kind: 'nothing', problems: [], reason: flaw.reason };
  const extension = posix.extname(file);
  if (text === null || !EXTENSIONS.includes(extension)) {
    const [type, message] = text === null ? absence(host, file, flaw) : ['OSError', 'Only py/yml/yaml/json type are supported now!'];
    return { kind: 'nothing', problems: [problem('base-not-found', type, message, topOf(file), { subject: file })], reason: null };
  }
  if (text.length > LARGEST)
    return {
      kind: 'nothing',
      problems: [],
      reason: `a config of ${megabytes(text.length)} MB: more than ${megabytes(LARGEST)} MB are not read`,
    };
  if (text.length > PARTS && partsOf(text) > PARTS)
    return { kind: 'nothing', problems: [], reason: `a config of ${partsOf(text)} parts: more than ${PARTS} are not read` };
  return { kind: 'text', text: withLineFeeds(text), faults: faultsOf(file, extension, text, flaw) };
}

function absence(host: Host, file: string, flaw: Flaw | null): readonly [type: string, message: string] {
  if (flaw?.kind === 'error') return [flaw.errorType, flaw.message];
  return host.kind(file) === 'folder'
    ? ['IsADirectoryError', `[Errno 21] Is a directory: '${file}'`]
    : ['FileNotFoundError', `[Errno 2] No such file or directory: '${file}'`];
}

function faultsOf(file: string, extension: string, text: string, flaw: Flaw | null): readonly ConfigProblem[] {
  const fault = (type: string, message: string, at: number): ConfigProblem =>
    problem('syntax-error', type, message, { file, start: at, end: at + 1, line: lineOf(text, at) });
  if (flaw?.kind === 'error') return [fault(flaw.errorType, flaw.message, Math.min(flaw.at ?? 0, Math.max(0, text.length - 1)))];
  const isYaml = extension !== '.py' && extension !== '.json';
  if (flaw?.kind === 'byte order mark' && !isYaml)
    return [
      extension === '.py'
        ? fault('SyntaxError', 'invalid non-printable character U+FEFF', 0)
        : fault('JSONDecodeError', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)', 0),
    ];
  if (extension === '.py' && text.includes('\0'))
    return [fault('SyntaxError', 'source code string cannot contain null bytes', text.indexOf('\0'))];
  const refused = isYaml ? UNPRINTABLE.exec(text) : null;
  if (!refused) return [];
  const code = (refused[0].codePointAt(0) ?? 0).toString(16).padStart(4, '0');
  return [fault('ReaderError', `unacceptable character #x${code}: special characters are not allowed`, refused.index)];
}

/** Python's `open` takes a lone carriage return for the end of a line. */
const withLineFeeds = (text: string): string => (text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text);
const megabytes = (size: number): string => String(Math.round((size / 2 ** 20) * 10) / 10);
const lineOf = (text: string, at: number): number => text.slice(0, at).split(/\r\n|\r|\n/).length;

function partsOf(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x28 || c === 0x5b || c === 0x7b || c === 0x3d || c === 0x3a) count++;
  }
  return count;
}
/** What PyYAML's reader does not take. */
const UNPRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
