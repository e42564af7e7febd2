/** What `check` says of one place for several configs. */
import { expect, it } from 'vitest';
import { Repeats } from '../../../server/cli/check/repeats.ts';
import type { Diagnostic } from '../../../server/rules/diagnostic.ts';
import { Lines } from '../../../server/text/lines.ts';

const TEXT = 'import torch\nraise ValueError\n';
const told = { lines: () => new Lines(TEXT), name: (file: string) => file.slice(1) };
const plain = (_: string, text: string): string => text;
const at = (file: string, start: number, message = 'ValueError'): Diagnostic => ({
  code: 'model',
  severity: 'error',
  message,
  site: { file, start, end: start + 5, line: 2 },
  related: [],
  fixes: [],
});

it('says once what is the same for several configs, and at the end for how many', () => {
  const repeats = new Repeats();
  const news = (config: string, ...all: Diagnostic[]): readonly boolean[] => all.map(one => repeats.isNew(config, one));
  expect(news('/a.py', at('/neck.py', 13), at('/a.py', 0))).toEqual([true, true]);
  expect(news('/b.py', at('/neck.py', 13), at('/neck.py', 13, 'KeyError'))).toEqual([false, true]);
  // One config says it twice.
  expect(news('/c.py', at('/neck.py', 13), at('/neck.py', 13))).toEqual([false, false]);
  expect(repeats.lines(told, plain)).toEqual(['neck.py:2:1: error[model] is the same with 2 other configs']);
});

it('says anew what is worse with another config', () => {
  const repeats = new Repeats();
  expect(repeats.isNew('/a.py', { ...at('/neck.py', 13), severity: 'information' })).toBe(true);
  expect(repeats.isNew('/b.py', at('/neck.py', 13))).toBe(true);
  expect(repeats.lines(told, plain)).toEqual([]);
});
