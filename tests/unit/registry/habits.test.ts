/** What configs write where, read from their text; and what those around one teach. */
import { describe, expect, test } from 'vitest';
import { finished } from '../../../server/project/steps.ts';
import { habitsOf } from '../../../server/registry/habits/habits-of.ts';
import { nearbyHabits } from '../../../server/registry/habits/nearby-habits.ts';
import type { Usage } from '../../../server/registry/usage.ts';
import { MemoryHost } from './memory-host.ts';

const NOTHING: Usage = { keysUnder: () => [], argumentsOf: () => [], typesUnder: () => [] };
const told = (text: string): readonly string[] => habitsOf(text).map(({ of, name }) => `${of}: ${name}`);

describe('habits of a text', () => {
  test.each([
    ['a part', "model = dict(type='A', depth=3)\n", ['keys : model', 'types /model: A', 'arguments A: depth']],
    ['keys of a table', 'model = dict(test_cfg=dict(nms=1))\n', ['keys : model', 'keys /model: test_cfg', 'keys test_cfg: nms']],
    ['a display', "x = {'type': 'm.A', 'b': {'c': 1}}\n", ['keys : x', 'types /x: m.A', 'arguments A: b', 'keys b: c']],
    ['a list of parts', "p = [dict(type='A'), dict(type='B')]\n", ['keys : p', 'types /p: A', 'types /p: B']],
    ['lists that are added', "p = q + [dict(type='A')] + [dict(type='B')]\n", ['keys : p', 'types /p: A', 'types /p: B']],
    ['a table by numbers', "k = {0: dict(name='a', id=0), 1: dict(name='b')}\n", ['keys : k', 'keys /k: name', 'keys /k: id']],
    [
      'a variable, where it is put',
      "t = 'A'\np = [dict(type=t)]\nd = dict(pipeline=p)\n",
      ['keys : t', 'keys : p', 'types /p: A', 'keys : d', 'keys /d: pipeline', 'types pipeline: A'],
    ],
    [
      'strings and comments that look like code',
      "a = 'b = dict(c=1)'  # d = dict(e=1)\nb = '''\nc = dict(d=1)'''\n",
      ['keys : a', 'keys : b', 'keys : c', 'keys /c: d'],
    ],
    [
      'what is not closed',
      "a = dict(b=[dict(type='A', c=1\nd = 3\n",
      ['keys : a', 'keys /a: b', 'types b: A', 'arguments A: c', 'keys : d'],
    ],
    ['calls of other functions', 'a = f(b=dict(c=1))\nd = max(1, 2)\n', ['keys : a', 'keys : d']],
  ])('%s', (_, text, wanted) => expect(told(text).toSorted()).toEqual([...wanted].sort()));
  test('brackets in any state end', () => {
    for (const text of [
      'a = [[[[',
      'a = ((((]]]]',
      'a = {:::}',
      'a = dict(,,,)',
      'a = }{][)(',
      `a = ${'['.repeat(5000)}`,
      "a = {'b': ,'c'",
    ])
      expect(told(text)[0]).toBe('keys : a');
  });
});

describe('the configs around one', () => {
  const files = {
    '/ws/configs/a/one.py': "model = dict(backbone=dict(type='Near', width=1))\n",
    '/ws/configs/b/two.py': "model = dict(backbone=dict(type='Far', depth=1))\n",
    '/ws/configs/b/three.py': "model = dict(backbone=dict(type='Far', depth=1))\n",
    '/ws/other/four.py': "model = dict(backbone=dict(type='Elsewhere'))\n",
  };
  const path = ['model', 'backbone'];
  test('those of the same folder come first, and others of the tree after them', () => {
    const habits = nearbyHabits(new MemoryHost(files));
    expect(habits.around('/ws/configs/a/mine.py', NOTHING).typesUnder(path)).toEqual([]);
    finished(habits.learn());
    expect(habits.around('/ws/configs/a/mine.py', NOTHING).typesUnder(path)).toEqual(['Near', 'Far']);
    expect(habits.around('/ws/configs/b/mine.py', NOTHING).typesUnder(path)).toEqual(['Far', 'Near']);
    expect(habits.around('/ws/configs/b/mine.py', NOTHING).argumentsOf('mmdet.Far')).toEqual(['depth']);
  });
  test('a file that changes is forgotten as it was', () => {
    const host = new MemoryHost(files);
    const habits = nearbyHabits(host);
    habits.around('/ws/configs/a/mine.py', NOTHING);
    finished(habits.learn());
    host.write('/ws/configs/a/one.py', "model = dict(backbone=dict(type='Newer'))\n# longer than before, so of another version\n");
    // Nothing is read until it is told that something changed.
    finished(habits.learn());
    expect(habits.around('/ws/configs/a/mine.py', NOTHING).typesUnder(path)).toEqual(['Near', 'Far']);
    habits.filesChanged();
    finished(habits.learn());
    expect(habits.around('/ws/configs/a/mine.py', NOTHING).typesUnder(path)).toEqual(['Newer', 'Far']);
  });
  test('what is known besides comes after it, and alone where nothing is around', () => {
    const habits = nearbyHabits(new MemoryHost(files));
    const known: Usage = { ...NOTHING, typesUnder: () => ['Bundled', 'Far'] };
    habits.around('/ws/configs/a/mine.py', known);
    finished(habits.learn());
    expect(habits.around('/ws/configs/a/mine.py', known).typesUnder(path)).toEqual(['Near', 'Far', 'Bundled']);
    expect(habits.around('/away/mine.py', known).typesUnder(path)).toEqual(['Bundled', 'Far']);
  });
});
