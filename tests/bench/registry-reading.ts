/** A program of its own: reads the registries of five libraries once, with what an earlier run left in a store, and prints how long that took. `registry.ts` starts it. */
import { assets } from '../../server/project/assets.ts';
import { DiskStore } from '../../server/project/disk-store.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { createRegistry } from '../../server/registry/registry.ts';
import { loadSnapshot } from '../../server/registry/snapshot.ts';

export interface RegistryReading {
  readonly entries: number;
  /** Milliseconds: the bundled facts; the libraries; what the first type takes. */
  readonly facts: number;
  readonly libraries: number;
  readonly signature: number;
}

const [root = '', store = ''] = process.argv.slice(2);
const began = performance.now();
const snapshot = loadSnapshot(assets.facts);
const loaded = performance.now();
const registry = createRegistry(new NodeHost(), { roots: [root], workspace: [], description: '' }, snapshot, new DiskStore(store));
const entries = ['mmengine', 'mmcv', 'mmdet', 'mmyolo', 'mmpretrain'].flatMap(library => registry.entriesOf(library));
const read = performance.now();
const found = registry.lookup('YOLOv5CSPDarknet', 'mmyolo', 'model');
if (found.kind !== 'found' || found.entry.parameters.length < 5) throw new Error('YOLOv5CSPDarknet is not what it was');
const reading: RegistryReading = {
  entries: entries.length,
  facts: loaded - began,
  libraries: read - loaded,
  signature: performance.now() - read,
};
console.log(JSON.stringify(reading));
