/** The registries of five libraries: read from their sources, from what an earlier run kept of them, and after a change of one module. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { createRegistry } from '../../server/registry/registry.ts';
import { loadSnapshot } from '../../server/registry/snapshot.ts';
import { zoo } from '../zoo.ts';
import type { RegistryReading } from './registry-reading.ts';
import { median, type Row } from './timing.ts';

export async function registryRows(of: Row['of']): Promise<readonly Row[]> {
  const store = mkdtempSync(join(tmpdir(), 'necktie-registry-'));
  const workspace = mkdtempSync(join(tmpdir(), 'necktie-modules-'));
  try {
    const cold = Array.from({ length: 3 }, () => {
      rmSync(store, { recursive: true, force: true });
      return read(store);
    });
    const warm = Array.from({ length: 7 }, () => read(store));
    const entries = middle(cold).entries;
    return [
      { what: `${entries} types of five libraries, from their sources, in a process of its own`, milliseconds: middle(cold).libraries, of },
      { what: 'the same from the cache', milliseconds: middle(warm).libraries, of },
      { what: 'what one type takes, through its bases, from the cache', milliseconds: middle(warm).signature, of },
      {
        what: `the bundled facts (${(statSync(join(assets.facts, 'registry.json.gz')).size / 1024).toFixed(0)} KiB)`,
        milliseconds: middle(warm).facts,
        of,
      },
      { what: '300 modules of a workspace, one of them changed', milliseconds: await afterChange(workspace), of },
    ];
  } finally {
    for (const folder of [store, workspace]) rmSync(folder, { recursive: true, force: true });
  }
}

function read(store: string): RegistryReading {
  const program = fileURLToPath(new URL('./registry-reading.mjs', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [program, zoo, store], { encoding: 'utf8' }));
}

function middle(readings: readonly RegistryReading[]): RegistryReading {
  const found = readings.toSorted((a, b) => a.libraries - b.libraries)[Math.floor(readings.length / 2)];
  if (!found) throw new Error('nothing was read');
  return found;
}

async function afterChange(folder: string): Promise<number> {
  const write = (i: number, name: string): void =>
    writeFileSync(
      join(folder, `net_${i}.py`),
      `from mmengine.registry import MODELS\n\n\n@MODELS.register_module()\nclass ${name}:\n\n    def __init__(self, width, depth=3):\n        pass\n${'\n\ndef f(x):\n    return x + 1\n'.repeat(40)}`,
    );
  for (let i = 0; i < 300; i++) write(i, `Net${i}`);
  const host = new NodeHost();
  const open = () => createRegistry(host, { roots: [folder, zoo], workspace: [folder], description: '' }, loadSnapshot(assets.facts));
  open().lookup('Net0', 'mmengine', 'model');
  let changes = 0;
  return median(
    5,
    () => write(150, `Changed${++changes}`),
    () => {
      if (open().lookup(`Changed${changes}`, 'mmengine', 'model').kind !== 'found') throw new Error('the change was not seen');
    },
  );
}
