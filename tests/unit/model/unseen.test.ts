/** Values of which the type alone is known, in programs: whoever would have to know more is not answered. */
import { expect, test } from 'vitest';
import { jsonModule } from '../../../server/model/json-module.ts';
import { randomModule } from '../../../server/model/random-module.ts';
import type { ModuleFinder } from '../../../server/python/import/finder.ts';
import { outcome as written } from '../python/outcome.ts';

const finder: ModuleFinder = {
  find: name =>
    name === 'json' ? { kind: 'native', module: jsonModule } : name === 'random' ? { kind: 'native', module: randomModule } : null,
};
const outcome = (program: string): string =>
  written(`import json, random\nx = random.random()\nt = str(x)\n${program}\n`, { finders: [finder] });

test.each([
  // What is made of it is another value.
  '[x] == [-x]',
  '[x] == [+x]',
  "[t] == [t + 'a']",
  '[x] == [x * 1]',
  'x < 0.5 or 1',
  'bool(x)',
  'x or 1',
  '{x: 1}',
  '{t}',
  'len(t)',
  "t.startswith('0')",
  '[1, 2][random.randint(0, 1)]',
  "'a' * random.randint(0, 1)",
  'range(random.randint(0, 1))',
  'max(x, 0.5) < 0.7 or 1',
  'x // x',
  "x + 'a'",
  't()',
  'getattr(x, t)',
  'dict(**{t: 1})',
  'random.choice([1, 2])',
  'random.sample([1, 2], 1)',
])('%s is not known', expression => {
  expect(outcome(`print(${expression}, 'told')`)).toMatch(/^\[unknown random\./);
});

test('what its type tells is known', () => {
  expect(
    outcome(
      'print(isinstance(x, float), isinstance(t, str), x is x, x is None, isinstance(x + 1, float), isinstance(random.randint(0, 3) * 2, int))',
    ),
  ).toBe('True True True False True True\n');
  expect(outcome("print(f'{x:.3f} of {t}', 'and')")).toBe('… and\n');
});

test('what holds of each number at random is known', () => {
  expect(outcome('print(not x < 1, not x >= 0, not x != 0.5, not random.randint(1, 3) > 0)')).toBe('False False False False\n');
});

test('what is not built of json and random can be imported', () => {
  expect(
    outcome('from json import JSONDecodeError, JSONEncoder\nfrom random import Random, sample\nclass E(JSONEncoder):\n    pass\nprint(1)'),
  ).toBe('1\n');
  expect(outcome('Random = random.Random(3)')).toBe('[unknown random.Random]');
  expect(outcome('from json import nothing')).toMatch(/^\[ImportError: cannot import name 'nothing' from 'json'/);
});

test('texts of JSON', () => {
  expect(outcome('print(json.loads(\'{"b": [1, 2.0, -0, null], "a": {"x": true}}\'))')).toBe(
    "{'b': [1, 2.0, 0, None], 'a': {'x': True}}\n",
  );
  // JavaScript would have them in another order.
  expect(outcome('print(json.loads(\'{"10": 1, "2": 2}\'))')).toBe('[unknown json.loads of numbers as keys]');
  expect(outcome('print(json.loads(\'{"10": 1}\'))')).toBe("{'10': 1}\n");
});
