/** `necktie python`: what a program prints, and how it ends. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pythonCommand } from '../../../server/cli/python.ts';

const folder = mkdtempSync(join(tmpdir(), 'necktie-python-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function run(program: string): Promise<{ readonly code: number; readonly out: string; readonly last: string }> {
  let out = '',
    err = '';
  writeFileSync(join(folder, 'program.py'), program);
  const code = await pythonCommand.run(['program.py', '--no-environment'], {
    out: text => void (out += text),
    err: text => void (err += text),
    colours: false,
    showsProgress: false,
    columns: 100,
    env: { XDG_CACHE_HOME: join(folder, 'cache') },
    cwd: folder,
    signal: new AbortController().signal,
    cancel: new Int32Array(new SharedArrayBuffer(4)),
  });
  return { code, out, last: err.trim().split('\n').at(-1) ?? '' };
}

it('raises what does not fit, as PyTorch does', async () => {
  const { code, last } = await run('import torch\nfrom torch import nn\nnn.Conv2d(3, 8, 3)(torch.zeros(1, 4, 8, 8))\n');
  expect([code, last]).toEqual([
    1,
    'RuntimeError: Given groups=1, weight of size [8, 3, 3, 3], expected input[1, 4, 8, 8] to have 3 channels, but got 4 channels instead',
  ]);
});
it('says what is unknown, where nobody can know it', async () => {
  const packing =
    'from torch.nn.utils.rnn import pack_padded_sequence\nimport torch\npack_padded_sequence(torch.zeros(5, 2, 3), torch.randint(1, 5, (2,)))\n';
  expect(await run(packing)).toEqual({ code: 3, out: '', last: 'unknown: the lengths of sequences' });
});
it('counts what a first input made of a lazy layer', async () => {
  const program = `import torch
from torch import nn
net = nn.Sequential(nn.LazyConv2d(8, 3), nn.LazyBatchNorm2d(), nn.Flatten(), nn.LazyLinear(2))
try:
    sum(p.numel() for p in net.parameters())
except ValueError as e:
    print(str(e).split('.')[0])
net.eval()(torch.zeros(1, 3, 4, 4))
print(sum(p.numel() for p in net.parameters()), [type(m).__name__ for m in net])
`;
  expect((await run(program)).out).toBe(
    "Attempted to use an uninitialized parameter in <method 'numel' of 'torch\n306 ['Conv2d', 'BatchNorm2d', 'Flatten', 'Linear']\n",
  );
});
