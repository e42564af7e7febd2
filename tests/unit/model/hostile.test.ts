/** Modules that somebody wrote by mistake, or to see what happens: the run ends, within its bounds, and nobody is told of an error that Python would not raise. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../../server/model/verdict.ts';
import type { Diagnostic } from '../../../server/rules/diagnostic.ts';
import { opened } from './opened.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-hostile-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Parts {
  /** Before the class. */
  readonly top?: string;
  /** Ends its constructor. */
  readonly init?: string;
  /** Of the whole file, in place of what it would be. */
  readonly bytes?: (source: string) => Buffer;
}
const source = ({ top = '', init = 'pass' }: Parts): string => `from torch import nn
from mmengine.registry import MODELS
${top}

@MODELS.register_module()
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
${init.replace(/^/gm, '        ')}

    def forward(self, x, mode='tensor'):
        return self.conv(x)
`;

async function outcome(parts: Parts): Promise<{ readonly verdict: Verdict; readonly found: readonly Diagnostic[] }> {
  const text = source(parts),
    file = join(folder, 'config.py');
  writeFileSync(join(folder, 'net.py'), parts.bytes?.(text) ?? text);
  writeFileSync(file, "custom_imports = dict(imports=['net'])\nmodel = dict(type='Net')\n");
  const project = await opened(folder);
  const verdict = project.verdict(file);
  if (!verdict) throw new Error('no verdict');
  return { verdict, found: project.check(file).diagnostics.filter(d => d.severity === 'error') };
}

/** Of a loop; on a machine that is busy, time is up before. */
const BOUND = /^more (?:steps|time)/;

describe('a module ends without a word', () => {
  it.each<[what: string, parts: Parts, unknown: RegExp]>([
    ['a loop without an end', { init: 'while True: pass' }, BOUND],
    ['a loop without an end, when it is imported', { top: 'while True: pass' }, BOUND],
    ['a generator without an end', { init: 'def g():\n    while True: yield 1\nsum(g())' }, BOUND],
    ['a list of ten thousand million', { init: 'x = [0] * 10**10' }, /^more memory/],
    ['the same, when it is imported', { top: 'x = [0] * 10**10' }, /^more memory/],
    ['a text that doubles', { init: "s = 'a'\nwhile True: s += s" }, /^more memory/],
    ['a number of a thousand million digits', { init: 'x = 9**9**9' }, /^more memory/],
    ['the values of a huge tensor', { init: 'import torch\ntorch.arange(10**10).tolist()' }, /^the values of a tensor/],
    ['a regular expression that never ends', { init: "import re\nre.match('(a+)+$', 'a' * 40 + 'b')" }, /^a regular expression/],
    ['a file that is read', { init: "open('/etc/hostname').read()" }, /^open\(\)/],
    ['a program that is started', { init: "import subprocess\nsubprocess.run(['make'])" }, /^subprocess\.run/],
    ['a signal to itself', { init: 'import os\nos.kill(os.getpid(), 9)' }, /^os\.getpid/],
    ['a hundred thousand terms', { top: `x = ${Array(100_000).fill('1').join(' + ')}` }, /^a statement of too many levels/],
    ['eighteen megabytes', { bytes: text => Buffer.from(text + '# \n'.repeat(6_000_000)) }, /18 MB|17 MB: more than 16 MB are not read/],
    [
      'letters in no encoding',
      { bytes: text => Buffer.concat([Buffer.from(text), Buffer.from([0x23, 0xe9, 0x0a])]) },
      /can't decode byte 0xe9/,
    ],
    ['UTF-16', { bytes: text => Buffer.from(`\uFEFF${text}`, 'utf16le') }, /can't decode byte 0xff/],
  ])('%s', async (_, parts, unknown) => {
    const { verdict, found } = await outcome(parts);
    expect(verdict.unknown).toMatch(unknown);
    expect([verdict.ok, verdict.error, found]).toEqual([null, null, []]);
  });
});

describe('a module that is odd and right', () => {
  it.each<[what: string, parts: Parts]>([
    ['sleeps for days', { init: 'import time\ntime.sleep(10**6)' }],
    ['imports itself', { top: 'import net\nfrom net import *' }],
    ['has two thousand layers', { init: 'self.many = nn.ModuleList([nn.Conv2d(8, 8, 1) for _ in range(2000)])' }],
    ['holds a tensor of a terabyte', { init: 'import torch\nself.huge = nn.Parameter(torch.zeros(10**6, 10**6))' }],
    [
      'has a thousand classes in a row',
      { top: Array.from({ length: 1000 }, (_, i) => `class C${i}(${i ? `C${i - 1}` : 'object'}): pass`).join('\n') },
    ],
    ['is wrapped a thousand times', { top: `${'@(lambda f: f)\n'.repeat(1000)}def f(): pass` }],
  ])('%s', async (_, parts) => {
    const { verdict, found } = await outcome(parts);
    expect([verdict.ok, verdict.unknown, found]).toEqual([true, null, []]);
  });
});
