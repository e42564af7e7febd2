import { expect, test } from 'vitest';
import { Arguments } from '../../../server/cli/arguments.ts';
import { Misuse } from '../../../server/cli/command.ts';

const KINDS = { flags: ['json'], values: ['format', 'o'], lists: ['site-packages'], pairs: ['size'], assignments: ['set'] };
const read = (...args: string[]) => new Arguments(args, KINDS);

test('options and what stands between them', () => {
  const args = read(
    'a.py',
    '--json',
    '--format=text',
    '-o',
    'm.onnx',
    '--site-packages',
    'x',
    '--site-packages',
    'y',
    '--size',
    '640',
    '384',
    'b.py',
    '--',
    '--json',
  );
  expect(args.rest).toEqual(['a.py', 'b.py', '--json']);
  expect(args.flag('json')).toBe(true);
  expect(args.value('format')).toBe('text');
  expect(args.value('o')).toBe('m.onnx');
  expect(args.list('site-packages')).toEqual(['x', 'y']);
  expect(args.pair('size')).toEqual([640, 384]);
});

test('assignments go on while they look like assignments', () => {
  const args = read('--set', 'neck.in_channels[2]=512', 'widen_factor=1.0', 'a.py', '--set', 'b=c=d');
  expect(args.assignments('set')).toEqual([
    ['neck.in_channels[2]', '512'],
    ['widen_factor', '1.0'],
    ['b', 'c=d'],
  ]);
  expect(args.rest).toEqual(['a.py']);
});

test('a word from a list, the first where none is given', () => {
  expect(read().choice('format', ['text', 'json'])).toBe('text');
  expect(() => read('--format', 'xml').choice('format', ['text', 'json'])).toThrow(new Misuse('--format is one of text, json, not xml'));
});

test.each([
  [['--nonsense'], 'there is no option --nonsense'],
  [['--format'], '--format needs a value'],
  [['--json=1'], '--json takes no value'],
])('%s is misuse', (args, message) => expect(() => read(...args)).toThrow(new Misuse(message)));

test('sizes are whole numbers above zero', () => {
  expect(() => read('--size', '0', '5').pair('size')).toThrow(Misuse);
  expect(() => read('--size', '1.5', '5').pair('size')).toThrow(Misuse);
  expect(read('-5', '-').rest).toEqual(['-5', '-']);
});
