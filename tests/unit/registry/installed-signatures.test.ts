/** What PyTorch's classes take is read of the installed version; the bundled facts are of one. */
import { expect, test } from 'vitest';
import { assets } from '../../../server/project/assets.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { loadSnapshot } from '../../../server/registry/snapshot.ts';
import { MemoryHost } from './memory-host.ts';

const registryWith = (files: Readonly<Record<string, string>>) =>
  createRegistry(new MemoryHost(files), { roots: ['/site'], workspace: [], description: '' }, loadSnapshot(assets.facts));
const names = (files: Readonly<Record<string, string>>): readonly string[] | null => {
  const found = registryWith(files).lookup('AdamW', 'mmengine', 'optimizer');
  return found.kind === 'found' ? found.entry.parameters.map(({ name }) => name) : null;
};
const TORCH = { '/site/torch/__init__.py': '', '/site/torch/optim/__init__.py': 'from .adamw import AdamW\n' };
const ADAMW = `from .optimizer import Optimizer


class AdamW(Optimizer):
    def __init__(self, params, lr: float = 1e-3, betas=(0.9, 0.999), *, cautious: bool = False) -> None:
        defaults = dict(lr=lr)
        super().__init__(params, defaults)
`;

test("an optimizer that mmengine registers in a loop, by the installed torch's own source", () => {
  const files = { ...TORCH, '/site/torch/optim/adamw.py': ADAMW, '/site/torch/optim/optimizer.py': 'class Optimizer:\n    pass\n' };
  expect(names(files)).toEqual(['params', 'lr', 'betas', 'cautious']);
});

test('where there is no source, and where it does not tell all, by the facts', () => {
  expect(names({})).toContain('amsgrad');
  // What it does with other keywords is not told.
  const open = { ...TORCH, '/site/torch/optim/adamw.py': ADAMW.replace('*, cautious: bool = False', '**kwargs') };
  expect(names(open)).toContain('amsgrad');
});

test('a loader takes what the installed DataLoader takes', () => {
  const loader = `class DataLoader(Generic[T_co]):
    def __init__(self, dataset, batch_size: Optional[int] = 1, *, warm_start: bool = False) -> None:
        self.dataset = dataset
`;
  const dotted = 'torch.utils.data.dataloader.DataLoader';
  const files = { '/site/torch/__init__.py': '', '/site/torch/utils/__init__.py': '', '/site/torch/utils/data/__init__.py': '' };
  const registry = registryWith({ ...files, '/site/torch/utils/data/dataloader.py': loader });
  expect(registry.parametersOf?.(dotted)?.map(({ name }) => name)).toEqual(['dataset', 'batch_size', 'warm_start']);
  expect(registryWith({}).parametersOf?.(dotted)).toBeNull();
});
