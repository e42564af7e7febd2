/** Where values came from: paths and sites that go with them through a program. */
import { expect, test } from 'vitest';
import { traced } from '../../../server/python/operate.ts';
import { originOf } from '../../../server/python/origin.ts';
import { run } from '../../../server/python/run.ts';
import { Dict } from '../../../server/python/types/dict.ts';
import { List } from '../../../server/python/types/list.ts';
import type { Value } from '../../../server/python/value.ts';
import { parse } from './parser.ts';

/** Expression over `cfg`, values of a config with their paths → paths of its value. */
const ORIGINS: readonly (readonly [expression: string, paths: readonly string[]])[] = [
  ["cfg['a']", ['a']],
  ["cfg['a'] + 1", ['a']],
  ["cfg['a'] * cfg['b']", ['a', 'b']],
  ["int(cfg['a'] * cfg['f'])", ['a', 'f']],
  ["len(cfg['l'])", ['l']],
  ["cfg['l'][1]", ['l[1]']],
  ["sum(cfg['l'])", ['l[0]', 'l[1]']],
  ["[x * 2 for x in cfg['l']][0]", ['l[0]']],
  ["max(round(cfg['a'] * cfg['f']), 1)", ['a', 'f']],
  ["cfg['s'].upper()", ['s']],
  ["cfg['s'].center(9)", ['s']],
  ["f\"{cfg['s']}-{cfg['a']}\"", ['s', 'a']],
  ["cfg['n'] is None", ['n']],
  ["cfg['t'] and cfg['a']", ['a']],
  ["cfg['a'] > 3", ['a']],
  ["{'x': 64}[cfg['s']]", ['s']],
  ["{'x': 64}.get(cfg['s'])", ['s']],
  ["-cfg['a'] // 2", ['a']],
  ["len(cfg['l'][1:])", ['l']],
  ["(lambda w, *r: w + r[0])(cfg['a'], cfg['b'])", ['a', 'b']],
  ["C(cfg['a']).out", ['a']],
  ["C(cfg['a']).__dict__['w']", ['a']],
  ["functools.partial(lambda x, y: x + y, cfg['a'])(1)", ['a']],
  ["copy.deepcopy(cfg)['a']", ['a']],
  ["copy.deepcopy(cfg)['l'][0]", ['l[0]']],
  ["D(cfg['a']).w * 2", ['a']],
  ["math.ceil(cfg['a'] * cfg['f'])", ['a', 'f']],
  ["math.sqrt(cfg['a'])", ['a']],
  ["dict(w=cfg['a'])['w']", ['a']],
  ["tuple(cfg['l'])[0]", ['l[0]']],
  ["operator.add(cfg['a'], 1)", ['a']],
  ["list(zip(cfg['l'], [1, 2]))[1][0]", ['l[1]']],
  ["abs(cfg['a'])", ['a']],
  ["min(cfg['a'], 3)", []],
  ["'%d' % cfg['a']", ['a']],
  ["len(cfg['s'])", ['s']],
  ["range(cfg['a'])[-1]", []],
  ["len(range(cfg['a']))", ['a']],
  ['5', []],
  ["2 ** cfg['a']", ['a']],
  ["str(cfg['f'])", ['f']],
];
const BEFORE = `import copy, dataclasses, functools, math, operator
class C:
    def __init__(self, w):
        self.w = w
    @property
    def out(self): return self.w * 2
@dataclasses.dataclass
class D:
    w: int
`;
test.each(ORIGINS)('%s', (expression, paths) => {
  const ended = run(parse, `${BEFORE}result = ${expression}\n`, {
    file: 'origin.py',
    write: () => {},
    globals: new Map([['cfg', config()]]),
  });
  expect(ended.kind).toBe('done');
  expect((ended.kind === 'done' && originOf(ended.module.member('result') ?? null)) || []).toEqual(paths);
});

function config(): Dict {
  const at = (v: Value, path: string): Value => traced(v, [path]);
  const dict = new Dict();
  const list = new List([at(3, 'l[0]'), at(4, 'l[1]')], ['l']);
  for (const [key, value] of [
    ['a', at(6, 'a')],
    ['b', at(7, 'b')],
    ['f', at(0.5, 'f')],
    ['s', at('x', 's')],
    ['n', at(null, 'n')],
    ['t', at(true, 't')],
    ['l', list],
  ] as const)
    dict.set(key, value);
  return dict;
}

test('entries of a config know where they were written, and what they replaced', () => {
  const source = "w = 0.5\nmodel = dict(depth=3, neck=dict(out=int(256 * w)))\nmodel['depth'] = 4\nmodel['neck'].update(out=w)\n";
  const ended = run(parse, source, { file: 'c.py', write: () => {}, traced: true });
  const model = ended.kind === 'done' ? ended.module.member('model') : null;
  if (!(model instanceof Dict)) throw new Error('no model');
  const text = (s: { start: number; end: number } | null | undefined): string => (s ? source.slice(s.start, s.end) : '');
  const depth = model.entries.get('depth')?.written;
  expect([text(depth?.key), text(depth?.value), text(depth?.before?.key), text(depth?.before?.value)]).toEqual([
    "'depth'",
    '4',
    'depth',
    '3',
  ]);
  const neck = model.get('neck');
  if (!(neck instanceof Dict)) throw new Error('no neck');
  expect(text(neck.site)).toBe('dict(out=int(256 * w))');
  expect(originOf(neck.get('out') ?? null)?.map(s => (typeof s === 'string' ? s : text(s)))).toEqual(['0.5']);
});
