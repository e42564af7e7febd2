/** Modules of libraries are read by hand: what comes of it is what the general parser reads, node for node. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { assets } from '../../../server/project/assets.ts';
import { openParser, type Parse } from '../../../server/syntax/parse.ts';
import { readSource } from '../../../server/syntax/source-reader.ts';
import { zoo } from '../../zoo.ts';

let parse: Parse;
beforeAll(async () => {
  parse = await openParser(assets.parserWasm, assets.grammarWasm);
});

/** Bodies are read as they are looked at. The general parser counts some comments at the end of a block to it. */
const COMPOUND = new Set(['function', 'class', 'if', 'for', 'while', 'try', 'with']);
function whole(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(whole);
  if (typeof value !== 'object' || value === null) return value;
  const made: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) made[key] = whole(inner);
  const isCompound = ('kind' in value && COMPOUND.has(String(value.kind))) || ('body' in value && 'type' in value);
  if (isCompound && 'span' in value && typeof value.span === 'object') made['span'] = { ...value.span, end: 0 };
  return made;
}
const both = (text: string): readonly [byHand: unknown, general: unknown] => [whole(parse(text, () => text)), whole(parse(text))];

const MODULE = `# a comment
"""Says what it is."""
from __future__ import annotations
import os, sys as system
import a.b.c
from . import one
from ..two.three import (four, five as six,
                         seven,)
from .eight import *

A = B = 1, 2
C, (D, E) = A[0], f(x)
F: int = 3
G: Optional[Dict[str, Tuple[int, ...]]]
H.i[j] += k, l
m[1:2, ::3, ...] = lambda x, *y, z=1, **w: (x, y)
n = [a + b for a, b in zip(c, d) if a if not b for e in a]
o = {k: v for k, (v, _) in p.items()}
q = {r for r in s}
t = sum(u for u in v if u is not None)
w = f'{x!r:>{y}} {z}' 'tail'
x = y if z else not (a and b or c)
a = b = yield_ = await_ = 1; c = 2
print(a, file=b)
del a, b.c
assert isinstance(a, b), 'why'
@first
@second.third(4)
class Named(Base, metaclass=Meta, **kw):
    """Documented."""
    table = {'a': (1, 2)}
    def __init__(self, a, b: int = 1, /, *args: str, c=None, d: 'x' = 2, **kwargs) -> None:
        super().__init__()
        self.__private = a
        if a:
            pass
        elif b > 1 and \\
                c:
            return
        else:  # why
            raise ValueError(f'{a} is wrong') from None
        for i, (j, k) in enumerate(args):
            if i: continue
            while True:
                break
            else:
                x = 1
        else:
            pass
        try:
            import torch
        except ImportError:
            torch = None
        except (A, B) as e:
            raise
        else:
            pass
        finally:
            done()
        with open(a) as f, lock, g() as h.i:
            nonlocal_ = f.read()
        with (open(a) as f, lock):
            pass

    async def later(self):
        async with a as b:
            await c
        return [x async for x in y]
    @property
    def __hidden(self): return self.__private
    def given(self, *, a): yield a; yield from self.given(a=a)
    def short(self,): return (yield)
    class Inner: x = 1
def outer(): 
\tdef inner():
\t\tnonlocal a, b
\t\tglobal c
\t\treturn a, b, *c
\treturn inner
match A:
    case [x, y]:
        z = 1
    case _:
        pass
if A: B
else: C
if (n := len(A)) > 1:
    pass
größe = 'ü' 'é'
last = b'x' + 0x1F + 1.5e3 + 2j
`;

/** What is left to the general parser is left to it a statement at a time. */
const isByHand = (text: string): boolean =>
  readSource(
    text,
    () => [],
    () => text,
  ) !== null;

test('a module of everything', () => {
  expect(isByHand(MODULE)).toBe(true);
  const [byHand, general] = both(MODULE);
  expect(byHand).toEqual(general);
});
test('lines end as they do elsewhere', () => {
  const [byHand, general] = both(MODULE.replaceAll('\n', '\r\n'));
  expect(byHand).toEqual(general);
});
test.each(['', '\n', '# nothing', 'x', 'def f():\n    pass', 'class A:\n  def f(self):\n    return 1\n  # end\n\nx = 1'])('%j', text => {
  const [byHand, general] = both(text);
  expect(byHand).toEqual(general);
});

/** What is wrong outside of functions, or with how they stand, is told as ever. */
describe('refuses', () => {
  test.each([
    'x = (1\n',
    "x = 'a\n",
    'def f(:\n    pass\n',
    'def f():\npass\n',
    'if a:\n        b\n    c\n',
    '  x = 1\ny = 2\n',
    'class A\n    pass\n',
    'try:\n    a\nb\n',
    'else:\n    a\n',
    'def f():\n    x = [1\n\nclass B: pass\n',
    'x = 1 2\n',
    'for x in:\n    pass\n',
    'import\n',
    'from . import a,\n',
    'f(**a, *b)\n)\n',
  ])('%j', text => expect(parse(text, () => text)).toEqual(parse(text)));
});

test.skipIf(!readable(zoo))(
  'modules of libraries',
  () => {
    const files = readdirSync(zoo, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.py') && !name.includes('.mim'));
    for (const name of files.filter((_, i) => i % EVERY === 0)) {
      const text = readFileSync(join(zoo, name), 'utf8');
      const [byHand, general] = both(text);
      expect(isByHand(text), name).toBe(true);
      expect(byHand, name).toEqual(general);
    }
  },
  60_000,
);
const EVERY = 25;

function readable(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}
