/** What the reader of plain expressions reads is what the general parser reads, node for node; the rest it leaves alone. */
import { beforeAll, describe, expect, test } from 'vitest';
import { assets } from '../../../server/project/assets.ts';
import { openParser, type Parse } from '../../../server/syntax/parse.ts';
import { readPlain } from '../../../server/syntax/plain.ts';
import { verdict } from '../../../server/syntax/verdict.ts';

let parse: Parse;
beforeAll(async () => {
  parse = await openParser(assets.parserWasm, assets.grammarWasm);
});

const PLAIN = [
  '',
  '# a comment alone',
  'a = 1',
  "_base_ = ['./a.py', '../b.py']  # why\n",
  'a = b = (1, 2)\n',
  "model = dict(\n    type='X',  # which\n    neck=dict(in_channels=[256, 512], widen=0.5),\n)\n",
  'x = 1 + 2 * 3 - -4 ** -5 // 6 % 7 @ 8\ny = ~1 << 2 >> 3 & 4 ^ 5 | 6\n',
  'x = not a == b and c is not d or e not in f and 1 < 2 <= 3 != 4\n',
  'x = a if b else c if d else e\n',
  'x = (a if b else c).d[0][-1][::-1][1:][:2](1, *b, k=2, **c)\n',
  'x = ((1)) + (2)\nx = (1,)\nx = ()\nx = []\nx = {}\nx = {1}\nx = {1, 2,}\n',
  "x = {'a': 1, **b, 2: {'c': None}}\n",
  'a.b = 1\na["b"].c[0] = True\na += 1\na.b //= 2\na **= 3\n',
  "x = 'a' \"b\" '''c\nd''' r'\\e'\n",
  "x = 'tab\\tquote\\'end\\\\'\n",
  'x = 0x1F + 0o17 + 0b11 + 1_000 + 1.5 + .5 + 1. + 1e3 + 2E-3 + 00 + 123456789012345678901234567890\n',
  'x = 1 + \\\n    2\n',
  'f(1)\n"text"\na.b.update(c=1)\n',
  'x = 1\r\ny = [\r\n  2,\r\n]\r\n',
  "größe = 'é'\nx = 'ü'\n",
  "x = 'é' + y\n",
  '\n\n   # indented comment\nx = 1\n   \n',
  "x = [  # one\r\n  1,\\\r\n  2]  # two\r\ny = '''a\r\nb'''\r\nz = 3\r\n",
  `x = dict(${Array.from({ length: 40 }, (_, i) => `a${i}=${i}`).join()})\n`,
  "x = ''\ny = \"\"\nz = r'' ''\n",
  'type = 1\n',
  'x = [*a, *b.c, 1, *d(e)[0]]\nx = [*a]\nx = [*[1, 2], 3]\n',
  'x = a[1, 2]\nx = a[1,]\nx = a[:, 1:2, b[0]]\n',
  'x = [round(i) + 1 for i in y.z(1)]\nx = [dict(a=i) if i else 2 for i in a or b]\n',
];
const LEFT_ALONE = [
  'import os\n',
  'def f(): pass\n',
  'with read_base():\n    from .a import *\n',
  'x = [i for i in y if i]\n',
  'x = [i for i, j in y]\n',
  'x = [i for i in y for j in i]\n',
  'x = (i for i in y)\n',
  "x = f'{a}'\n",
  "x = b'a'\n",
  'x = lambda: 0\n',
  'x = 1j\n',
  'x = a, b\n',
  'x = 1; y = 2\n',
  ' x = 1\n',
  'x = [1, 2\n',
  'x = dict(a=1 b=2)\n',
  'x = dict(a=1, 2)\n',
  'x = 1 +\n',
  "x = 'open\n",
  'x = {*a}\n',
  'x = [*f(x)]\n',
  'x = *a\n',
  'x: int = 1\n',
  'f() = 1\n',
  '(a) = 1\n',
  'None = 1\n',
  'x = (y := 1)\n',
  "x = '\\x41'\n",
  'x = 1__0\n',
  'x = 012\n',
  'x = dict(a=1, a=2)\n',
  `x = dict(${Array.from({ length: 40 }, (_, i) => `a${i}=1`).join()}, a30=2)\n`,
  'f(**a, *b)\n',
  '__debug__ = 1\n',
  'x.__debug__ = 1\n',
  'x = f(__debug__=1)\n',
  "x = '''open\n",
  "x = 'a\\\nb'\n",
  'x = 1 # a\rb\n',
  'x = 1.a\n',
  'x = 1..real\n',
  'print x\n',
  `x = ${'('.repeat(100)}1${')'.repeat(100)}\n`,
];

describe('equal to the general parser', () => {
  test.each(PLAIN)('%j', text => {
    const plain = readPlain(text);
    if (plain) {
      expect({ kind: 'module', body: plain }).toEqual(parse(text));
      // Nobody looks it through for what Python's compiler refuses.
      expect(verdict(text, { kind: 'module', body: plain })).toBeNull();
    } else expect(text).toMatch(/^(?:größe|type)/);
  });
});
test.each(LEFT_ALONE)('leaves %j alone', text => expect(readPlain(text)).toBeNull());
