/** Programs, and what CPython 3.11 made of them: what was printed, how it ended, and the lines of the traceback. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { type RunOutcome, run, traceback } from '../../../server/python/run.ts';
import { dataPath } from '../../data-file.ts';
import { ending, parse } from './parser.ts';

interface Recorded {
  readonly name: string;
  readonly source: string;
  readonly out: string;
  readonly error: string | null;
  readonly lines: readonly string[];
}
const recorded: Recorded[] = ['programs', 'basics'].flatMap(name =>
  readFileSync(dataPath(`python/${name}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line)),
);

test('every recorded program ends as in CPython, or is unknown', () => {
  const wrong: string[] = [];
  const unknown: string[] = [];
  for (const program of recorded) {
    let out = '';
    const ended = run(parse, program.source, {
      file: 'case.py',
      write: text => {
        out += text;
      },
    });
    if (ended.kind === 'stopped') {
      unknown.push(`${program.name}: ${ending(ended.reason)}`);
      continue;
    }
    const { error, lines } = endOf(ended);
    if (out !== program.out || error !== program.error || lines.join() !== program.lines.join()) {
      wrong.push(
        `${program.name}: expected ${JSON.stringify([program.out, program.error, program.lines])}, got ${JSON.stringify([out, error, lines])}`,
      );
    }
  }
  expect(wrong).toEqual([]);
  expect(unknown).toEqual(UNKNOWN);
});
/** What we do not know, counted: it may only become less. */
const UNKNOWN = [
  'generators.py:35: unknown yield in this place',
  'basics-language:2: unknown when a generator that waits in a try is let go of',
  'basics-numbers:4: unknown object.__sizeof__',
  'basics-objects:1: unknown when __del__ is called',
];

function endOf(ended: Exclude<RunOutcome, { kind: 'stopped' }>): { readonly error: string | null; readonly lines: readonly string[] } {
  if (ended.kind === 'done') return { error: null, lines: [] };
  if (ended.kind === 'syntax') return { error: 'SyntaxError', lines: [] };
  const text = traceback(ended.exception).split('Traceback (most recent call last):\n').at(-1) ?? '';
  const lines = [...text.matchAll(/^ {2}File "case\.py", line (\d+), in (.*)$/gm)].map(m => `${m[1]}:${m[2]}`);
  return { error: text.replace(/^ {2}File .*\n/gm, '').replace(/\n$/, ''), lines: lines.length > 20 ? [] : lines };
}

/** Longer programs, each with what CPython printed beside it. `record.py` writes that. */
const folder = dataPath('python/programs');
for (const file of readdirSync(folder).filter(name => name.endsWith('.py'))) {
  test(`${basename(file, '.py')} prints what it prints in CPython`, () => {
    let out = '';
    const ended = run(parse, readFileSync(`${folder}/${file}`, 'utf8'), {
      file,
      write: text => {
        out += text;
      },
    });
    expect(ended.kind === 'raised' ? traceback(ended.exception) : ended.kind === 'stopped' ? ending(ended.reason) : ended.kind).toBe(
      'done',
    );
    expect(out).toBe(readFileSync(`${folder}/${file.replace(/\.py$/, '.out')}`, 'utf8'));
  });
}
