/** A program that runs again from the same imports finds what they left, whatever it did with it before. */
import { expect, test } from 'vitest';
import { getAttribute } from '../../../server/python/attribute.ts';
import { call as callValue } from '../../../server/python/call.ts';
import type { ModuleFinder } from '../../../server/python/import/finder.ts';
import { Interpreter } from '../../../server/python/interpreter.ts';
import { Journal } from '../../../server/python/journal.ts';
import { parse } from './parser.ts';

const LEFT = `
from functools import lru_cache
from collections import OrderedDict, defaultdict, deque
names = ['a', 'b']
rows = {'small': [1, 2], 'large': [3, 4]}
seen = {1, 2}
order = OrderedDict(x=1, y=2)
sums = defaultdict(list)
last = deque([1, 2], maxlen=2)
count = 0
gone = 'here'
class Net:
    made = 0
    widths = [8]
    def __init__(self, cfg={'type': 'Conv', 'k': 3}):
        self.kind = cfg.pop('type')
class Slotted:
    __slots__ = ('n',)
    def __init__(self):
        self.n = 0
@lru_cache
def square(n): return n * n
square(3)
one = Slotted()
import sys
import types
sys.modules['put_before'] = types.ModuleType('put_before')
from abc import ABC
def counted():
    n = 0
    def more():
        nonlocal n
        n += 1
        return n
    def so_far(): return n
    return more, so_far
more, so_far = counted()
more()
class Kind(ABC):
    def __len__(self): return 1
class Other: pass
class Below(Kind): pass
ends = deque([1, 2], maxlen=3)
made = types.SimpleNamespace(a=1)
names_here = globals()
net = Net({'type': 'first'})
def once(): pass
once.calls = 0
def told():
    return repr([names, rows, sorted(seen), list(order), dict(sums), list(last), count, 'gone' in globals(), Net.made, Net.widths, hasattr(Net, 'late'), Net.__init__.__defaults__, one.n, net.kind, hasattr(net, 'more'), once.calls, square.cache_info(), so_far(), [name for name in sys.modules if name.startswith('put_')], issubclass(Other, Kind), Kind.__subclasses__(), Kind.__name__, len(Below()), ends, made, names_here['count'], vars(net)])
`;
const CHANGES = [
  "names.append('c'); names[0] = 'z'; names.__iadd__(['d']); del names[1]",
  'names.sort(reverse=True); names.reverse(); names.insert(0, 1); names.pop(); names.clear()',
  "rows.pop('small'); rows['large'].append(5); rows.update(new=1)",
  "rows['large'].extend([9]); rows.setdefault('huge', []); del rows['small']; rows.popitem()",
  'rows.clear()',
  'seen.add(3); seen.discard(1); seen.update({7})',
  'seen.clear()',
  "order.move_to_end('x'); order.popitem(last=False); order['z'] = 3",
  "sums['k'].append(1)",
  'last.append(3); last.appendleft(0); last.rotate(1); last.pop()',
  'global count, gone\n    count += 1\n    del gone',
  "globals()['count'] = 9; globals().pop('gone')",
  'Net.made += 1; Net.widths.append(16); Net.late = True; Net.__init__ = None',
  'Net(); once.calls += 1; one.n = 5',
  "net.kind = 'changed'; net.more = 1; del net.kind; net.kind = 'again'",
  "net.__dict__ = {'kind': 'other'}",
  'square(3); square(4)',
  'square.cache_clear()',
  'more()',
  'more.__closure__[0].cell_contents = 7',
  'Kind.register(Other)',
  "type('Late', (Kind,), {})",
  'class Later(Below, Kind): pass\n    Kind.__subclasses__()[0].__len__ = lambda self: 4',
  "Kind.__name__ = 'Sort'",
  'Kind.__len__ = lambda self: 3',
  'ends.__init__([5], 1)',
  "made.a = 2; vars(made)['b'] = 3",
  "vars(net)['more'] = 1; net.__dict__.pop('kind')",
  "names_here['count'] = 5; names_here.pop('gone')",
  'del one.n; one.n = 7',
  'import sys; sys.modules[__name__].count = 3',
  "sys.modules['put_now'] = Net; sys.modules['put_before'] = None",
  "sys.modules.pop('put_before'); sys.modules.update(put_now=Net)",
  "del sys.modules['put_before']; sys.modules.setdefault('put_now', Net)",
];

test.each(CHANGES)('%s', change => {
  const journal = new Journal(),
    source = `${LEFT}\ndef change():\n    ${change}\n`;
  const left: ModuleFinder = { find: name => (name === 'left' ? { kind: 'source', file: '/left.py', package: false, source } : null) };
  const interpreter = new Interpreter({ parse, finders: [left], journal });
  const call = (name: string): unknown => {
    const ended = interpreter.attempt(() => callValue(getAttribute(interpreter.importer.load('left'), name), []));
    return ended.kind === 'done' ? ended.value : ended;
  };
  const before = call('told');
  expect(before).toMatch(/^\[\['a', 'b'\], \{'small'/);
  for (let again = 0; again < 2; again++) {
    expect(call('change')).toBe(null);
    expect(call('told')).not.toBe(before);
    journal.undo();
    expect(call('told')).toBe(before);
  }
});

test('what cannot be put back is known', () => {
  const SOURCES: Readonly<Record<string, string>> = {
    left: 'import itertools\ncounter = itertools.count()\ndef walk():\n    yield 1\n    yield 2\nwalked = walk()\nrows = iter([1, 2])\ntable = {}\ncalls = []\nraw = bytearray(b"ab")\n',
    late: 'import left\nleft.table["late"] = 1\n',
  };
  const spoils = (program: string): boolean => {
    const journal = new Journal();
    const finder: ModuleFinder = {
      find: name => (name in SOURCES ? { kind: 'source', file: `/${name}.py`, package: false, source: SOURCES[name] ?? '' } : null),
    };
    const interpreter = new Interpreter({ parse, finders: [finder], journal });
    interpreter.attempt(() => interpreter.importer.load('left'));
    expect(interpreter.run(`import left\n${program}`, { file: '/main.py' }).kind).toBe('done');
    return journal.isSpoiled;
  };
  expect(spoils('next(left.counter)')).toBe(true);
  expect(spoils('list(left.walked)')).toBe(true);
  expect(spoils('for row in left.rows: pass')).toBe(true);
  expect(spoils('left.raw.append(1)')).toBe(true);
  expect(spoils('left.raw[0] = 1')).toBe(true);
  // The import's own part of it would go with the run's.
  expect(spoils('left.table["run"] = 1\nimport late')).toBe(true);
  expect(spoils('import late\nleft.table["run"] = 1')).toBe(false);
  expect(spoils('left.calls.append(1)\nimport late\nlist(iter([1, 2])); next(left.walk())')).toBe(false);
});
