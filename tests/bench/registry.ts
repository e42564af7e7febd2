/** The registries of five libraries: read from their sources, from what an earlier run kept of them, and after a change of one module. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completionAt } from '../../server/features/completion-at.ts';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { createRegistry } from '../../server/registry/registry.ts';
import { loadSnapshot } from '../../server/registry/snapshot.ts';
import { zoo } from '../zoo.ts';
import type { RegistryReading } from './registry-reading.ts';
import { median, quantile, type Row } from './timing.ts';

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
      ...(await largeRows(of)),
    ];
  } finally {
    for (const folder of [store, workspace]) rmSync(folder, { recursive: true, force: true });
  }
}

const LARGE = 5000;

/** Completion in a registry of 5,000 types, at each of some places that nothing was asked of before. */
async function largeRows(of: Row['of']): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'necktie-large-'));
  try {
    for (let i = 0; i < LARGE / 50; i++) {
      const types = Array.from(
        { length: 50 },
        (_, j) =>
          `@MODELS.register_module()\nclass ${WORDS[(i + j) % WORDS.length]}Net${i * 50 + j}:\n    def __init__(self, width, depth=3):\n        pass\n`,
      );
      writeFileSync(join(folder, `nets_${i}.py`), `from mmengine.registry import MODELS\n\n\n${types.join('\n\n')}`);
    }
    const host = new NodeHost();
    const project = await Project.open(host, {
      roots: [folder],
      settings: { ...DEFAULT_SETTINGS, environment: false },
      env: {},
      cancel: new Int32Array(1),
      models: false,
    });
    const file = join(folder, 'config.py');
    const times: number[] = [];
    for (const typed of ['', 'W', 'Re', 'Net', 'Dense', 'net4', 'Win', 'C', 'Tin', 'De']) {
      for (let i = 0; i < 10; i++) {
        const text = `default_scope = 'mmengine'\nmodel = dict(\n    backbone=dict(type='${typed}`;
        host.overlay(file, `${text}${i % 2 ? "'))" : "', width=3))"}\nx = ${i}\n`);
        const began = performance.now();
        if (completionAt(project, file, text.length).length === 0) throw new Error('nothing is offered');
        times.push(performance.now() - began);
      }
    }
    const [first = 0, ...rest] = times;
    return [
      { what: `completion among ${LARGE} types: the first, with their modules read`, milliseconds: first, of },
      { what: 'every other one, half of them', milliseconds: quantile(rest, 0.5), of },
      { what: 'every other one, p95', milliseconds: quantile(rest, 0.95), of },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const WORDS = ['Res', 'Dense', 'Wide', 'Tiny', 'Conv', 'Swin', 'Win', 'Cross'];

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
