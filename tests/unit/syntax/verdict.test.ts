/** Wrong texts, and what CPython 3.11 says of each and where: `tests/data/syntax/wrong.cases`, recorded by `record.py` beside it. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { syntaxErrorClass } from '../../../server/syntax/complaint.ts';
import { thoroughVerdict } from '../../../server/syntax/verdict.ts';
import { parse } from '../python/parser.ts';

const cases = readFileSync(new URL('../../data/syntax/wrong.cases', import.meta.url), 'utf8')
  .split('\n===\n')
  .map(chunk => {
    const [source = '', told = ''] = chunk.split('\n==> ');
    return { source: `${source}\n`, told: told.trimEnd() };
  });

/** Told otherwise here: most at another place, one not at all, for want of a table of letters' names. */
const OTHERWISE: readonly string[] = [
  "x = f'{a b}'",
  "x = f'{lambda x: 1}'",
  "x = '\\x1'",
  "x = '\\N{foo}'",
  "x = '\\u12'",
  'async def f():\n    x = [await y for y in z]\ndef g():\n    x = [await y for y in z]',
  'match x:\n    case a:\n        pass\n    case b:\n        pass',
  'match x:\n    case a | 1:\n        pass',
  "match x:\n    case {**a, 'b': 1}:\n        pass",
  'match x:\n    case A(a=1, 2):\n        pass',
  'match x:\n    case [a, a]:\n        pass',
  'x = (a if b else c d)',
  "x = {'a': 1,\n 'b' 2}",
  "x = f'''{\na b\n}'''",
  "x = f'{*a}'",
  "x = 'a\\",
  "x = b'\\x'",
];

function ours(source: string): string {
  const parsed = parse(source);
  const found = thoroughVerdict(source, parsed) ?? (parsed.kind === 'error' ? parsed : null);
  if (!found) return 'nothing';
  const column = found.span.start - (source.lastIndexOf('\n', found.span.start - 1) + 1) + 1;
  return `${found.span.line}:${column} ${syntaxErrorClass(found.message)}: ${found.message}`;
}

test('each is told as CPython does', () => {
  const differ = cases.filter(({ source, told }) => ours(source) !== told).map(({ source }) => source.trimEnd());
  expect(differ).toEqual(OTHERWISE);
  expect(cases.length).toBeGreaterThan(600);
});
