/** A backbone that somebody wrote this morning in `models/my_net.py` is checked like a library's. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Verdict } from '../../../server/model/verdict.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { opened } from './opened.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-'));
afterAll(() => rmSync(folder, { recursive: true }));

const base = new URL('../../../configs/yolov5_s-v61_syncbn_8xb16-300e_coco.py', import.meta.url).pathname;
const config = (more: string) => `_base_ = '${base}'
custom_imports = dict(imports=['models.my_net'], allow_failed_imports=False)
channels = [32, 64, 128]
model = dict(
    backbone=dict(_delete_=True, type='MyNet', ${more}),
    neck=dict(widen_factor=1.0, in_channels=channels, out_channels=channels),
    bbox_head=dict(head_module=dict(widen_factor=1.0, in_channels=channels)))
`;
const MODULE = `import torch.nn as nn
from mmyolo.registry import MODELS


@MODELS.register_module()
class MyNet(nn.Module):
    def __init__(self, width, levels=3):
        super().__init__()
        assert width % 8 == 0, f'width must be a multiple of 8, not {width}'
        self.stem = nn.Conv2d(3, width, 7, stride=4, padding=3)
        self.stages = nn.ModuleList(
            nn.Sequential(nn.Conv2d(width * 2**max(i - 1, 0), width * 2**i, 3, stride=2, padding=1), nn.BatchNorm2d(width * 2**i), nn.ReLU()) for i in range(levels))

    def forward(self, x):
        x = self.stem(x)
        outputs = []
        for stage in self.stages:
            x = stage(x)
            outputs.append(x)
        return tuple(outputs)
`;

/** What mmengine 0.10.7 itself does. */
const REGISTRIES = `
from mmengine.registry import Registry

told = []
class Quick(Registry):
    def get(self, key):
        told.append(f'get {key}')
        return super().get('A')
class Searched(Registry):
    def _search_child(self, scope):
        told.append(f'search {self._scope} {scope}')
        return super()._search_child(scope)
class Located(Registry):
    def import_from_location(self):
        told.append('location')
        if 'Late' not in self._module_dict:
            self._module_dict['Late'] = A
class Built(Registry):
    def build(self, cfg, *args, **kwargs):
        told.append('build')
        return super().build(dict(cfg, x=5), *args, **kwargs)
class Rooted(Registry):
    def _get_root_registry(self):
        told.append('root')
        return super()._get_root_registry()
class A:
    def __init__(self, x=1):
        self.x = x
root = Searched('thing', scope='root')
one = Quick('thing', parent=root, scope='one')
two = Searched('thing', parent=root, scope='two')
for r in (root, one, two):
    r.register_module(name='A', module=A)
three = Located('thing', parent=root, scope='three')
four = Built('thing', parent=root, scope='four')
five = Rooted('thing', parent=root, scope='five')
def say(what):
    told.append(str(what))
say(one.get('B').__name__)
say(two.get('one.B').__name__)
say(two.build(dict(type='one.C')).x)
say(three.get('Late').__name__)
say(four.build(dict(type='A')).x)
say(five.build(dict(type='A', _scope_='two')).x)
say(five.build(dict(type='A')).x)
say(root.build(dict(type='C', _scope_='one')).x)
assert told == ['get B', 'A', 'get B', 'A', 'get C', '1', 'location', 'A', 'build', '5', 'root', 'search root two', 'search two two', '1', '1', 'search root one', 'get C', '1'], told
`;

async function verdictOf(more: string, module = MODULE): Promise<Verdict> {
  mkdirSync(join(folder, 'models'), { recursive: true });
  writeFileSync(join(folder, 'models', '__init__.py'), '');
  writeFileSync(join(folder, 'models', 'my_net.py'), module);
  writeFileSync(join(folder, 'config.py'), config(more));
  const project = await opened(folder);
  const verdict = project.verdict(join(folder, 'config.py'));
  if (!verdict) throw new Error('no verdict');
  return verdict;
}

describe('a module of one’s own', () => {
  it('is built and run', async () => {
    const { ok, unknown, strides, outputs, read } = await verdictOf('width=32');
    expect({ unknown, ok, strides: strides['backbone'] }).toEqual({ unknown: null, ok: true, strides: [8, 16, 32] });
    expect(outputs['backbone']).toEqual([
      [32, 80, 80],
      [64, 40, 40],
      [128, 20, 20],
    ]);
    expect(read).toContain(join(folder, 'models', 'my_net.py'));
  });

  it('is refused by Python for a function that no one calls', async () => {
    const { ok, error } = await verdictOf('width=32', `${MODULE}\n\ndef unused(width):\n    global width\n`);
    expect({ ok, type: error?.type, message: error?.message }).toEqual({
      ok: false,
      type: 'SyntaxError',
      message: "name 'width' is parameter and global (my_net.py, line 24)",
    });
  });

  it('is blamed for its channels', async () => {
    const { ok, stage, mismatches } = await verdictOf('width=64');
    expect({ ok, stage }).toEqual({ ok: false, stage: 'forward' });
    expect(mismatches[0]).toMatchObject({ kind: 'channels', expected: 128, got: 256, stride: 32 });
    expect(mismatches[0]?.blame).toContain('backbone.width');
  });

  it('says what its own assertion says', async () => {
    const { ok, stage, error, mismatches } = await verdictOf('width=33');
    expect({ ok, stage, type: error?.type, message: error?.message, at: error?.at }).toEqual({
      ok: false,
      stage: 'build',
      type: 'AssertionError',
      message: 'width must be a multiple of 8, not 33',
      at: 'models/my_net.py:9',
    });
    expect(mismatches[0]?.blame[0]).toBe('backbone.width');
  });

  it('is asked for the levels that the neck takes', async () => {
    const { stage, mismatches } = await verdictOf('width=32, levels=2');
    expect(stage).toBe('forward');
    expect(mismatches[0]?.kind).toBe('levels');
    expect(mismatches[0]?.blame[0]).toBe('neck.in_channels');
  });

  it('takes what its constructor takes', async () => {
    const { stage, error, mismatches } = await verdictOf('width=32, depth=3');
    expect({ stage, message: error?.message }).toEqual({
      stage: 'build',
      message: "MyNet.__init__() got an unexpected keyword argument 'depth'",
    });
    expect(mismatches[0]?.blame[0]).toBe('backbone.depth');
  });
});

describe('after an edit', () => {
  it('asks registries of its own classes in their own way', async () => {
    const { ok, error, unknown } = await verdictOf('width=32', MODULE + REGISTRIES);
    expect({ ok, unknown, error: error?.message }).toEqual({ ok: true, unknown: null, error: undefined });
  });

  it('begins from what its imports left, not from what the model before did with it', async () => {
    const host = new NodeHost(),
      file = join(folder, 'again.py');
    // Each works once in a process: a row is taken out of a table, a default is emptied, instances are counted, classes made, an iterator moved on.
    const once = `${MODULE}
import itertools
from abc import ABC
NUMBERS = itertools.count()
WIDTHS = {32: 'row'}
MADE = []


class Kind(ABC):
    pass


def counter():
    count = 0

    def more():
        nonlocal count
        count += 1
        return count
    return more


more = counter()


class Once(MyNet):
    made = 0

    def __init__(self, width, names=['only']):
        WIDTHS.pop(width)
        names.pop()
        MADE.append(width)
        type(self).made += 1
        assert len(MADE) == self.made == more() == 1, MADE
        assert next(NUMBERS) == 0 and not issubclass(MyNet, Kind)
        Kind.register(MyNet)
        type('Late', (Kind,), {})
        assert len(Kind.__subclasses__()) == 1
        super().__init__(width)


MODELS.register_module(module=Once)
`;
    await verdictOf('width=32', once);
    host.overlay(file, config('width=32').replace("'MyNet'", "'Once'"));
    const project = await opened(folder, [], host);
    for (const size of [320, 352, 384]) {
      host.overlay(file, `${(host.read(file) ?? '').replace(/img_scale = .*\n/, '')}img_scale = (${size}, ${size})\n`);
      const { ok, error, unknown } = project.verdict(file) ?? {};
      expect({ ok, error, unknown }).toEqual({ ok: true, error: null, unknown: null });
    }
  });

  it('runs the model only where something of it changed', async () => {
    const host = new NodeHost(),
      file = join(folder, 'edited.py');
    await verdictOf('width=32');
    host.overlay(file, config('width=33'));
    const project = await opened(folder, [], host);
    const runs = vi.spyOn(project.models ?? { described: () => null }, 'described');
    const told = () => project.modelDiagnostics(file).map(({ site }) => (host.read(file) ?? '').slice(site.start, site.end));
    const edited = (from: string, to: string): number => {
      host.overlay(file, (host.read(file) ?? '').replace(from, to));
      const before = runs.mock.calls.length;
      expect(told()).toEqual(project.verdict(file)?.ok ? [] : ['33']);
      return runs.mock.calls.length - before;
    };
    expect(edited('', '')).toBe(1);
    expect(edited('', '# a comment\nbase_lr = 0.1\n')).toBe(0);
    expect(edited('base_lr = 0.1', 'base_lr = 0.01\noptim_wrapper = dict(optimizer=dict(lr=base_lr))')).toBe(0);
    expect(edited('width=33', 'width=32')).toBe(1);
    expect(project.verdict(file)?.ok).toBe(true);
    expect(edited('widen_factor=1.0', 'widen_factor=0.5 * 2')).toBe(0);
    // A module that the model is built from.
    host.overlay(join(folder, 'models', 'my_net.py'), `${MODULE}\n`);
    expect(edited('', '')).toBe(1);
    // What no text tells apart is run.
    expect(edited('# a comment', 'img_scale = (320, 320)')).toBe(1);
  });
});
