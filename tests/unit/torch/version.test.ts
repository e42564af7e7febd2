/** `torch.__version__` is that of the torch that is installed: libraries decide by it what they build. */
import { expect, test } from 'vitest';
import { Graph } from '../../../runtime/network/graph.ts';
import { torchFinder } from '../../../server/torch/modules/index.ts';

test.each([
  ['2.9.0+cpu', '2.9.0+cpu'],
  [null, '2.1.0'],
])('installed: %s', (version, told) => {
  const finder = torchFinder(new Graph(), { version });
  for (const name of ['torch', 'torch.version']) {
    const found = finder.find(name);
    expect(found?.kind === 'native' && found.module.member('__version__')).toBe(told);
  }
});
