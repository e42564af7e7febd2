/** The static scan against what the real registries held: `facts/registry.json.gz` was made from them, so it serves as the record. */
import { describe, expect, it } from 'vitest';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import type { Entry } from '../../server/registry/entry.ts';
import { createRegistry } from '../../server/registry/registry.ts';
import { emptySnapshot, loadSnapshot, type Snapshot } from '../../server/registry/snapshot.ts';
import { zoo } from '../zoo.ts';

const snapshot = loadSnapshot(assets.facts);
const LIBRARIES = ['mmengine', 'mmcv', 'mmdet', 'mmyolo', 'mmpretrain', 'mmcls', 'mmselfsup'];

const told = ({ name, required }: Entry['parameters'][number]): string => `${name}${required ? '!' : ''}`;
const own = (entry: Entry): string =>
  entry.parameters
    .filter(parameter => parameter.from === undefined)
    .map(told)
    .sort()
    .join(' ');

/** `same/all`, and what differs. */
function compared(library: string, facts: Snapshot): { readonly count: string; readonly different: readonly string[] } {
  const registry = createRegistry(new NodeHost(), { roots: [zoo], workspace: [], description: '' }, facts);
  const found = new Map(registry.entriesOf(library).map(entry => [`${entry.under}::${entry.registry} ${entry.name}`, entry]));
  const record = snapshot.entries.filter(entry => entry.scope === library);
  const different = record.flatMap(entry => {
    const key = `${entry.under}::${entry.registry} ${entry.name}`;
    const mine = found.get(key);
    if (!mine) return [`${key}: not found`];
    if (mine.target !== entry.target) return [`${key}: ${mine.target} ≠ ${entry.target}`];
    return own(mine) === own(entry) ? [] : [`${key}: ${own(mine)} ≠ ${own(entry)}`];
  });
  return { count: `${record.length - different.length}/${record.length}`, different };
}

describe('the registries', () => {
  it.each(LIBRARIES)('%s: every name, target and parameter', library => {
    expect(compared(library, snapshot).different).toEqual([]);
  });

  // What no reading can see comes from the facts: torch's layers and optimizers, wrapped transforms of torchvision, functions of the transformers library.
  it('by the sources alone', () => {
    expect(LIBRARIES.map(library => `${library} ${compared(library, emptySnapshot).count}`)).toEqual([
      'mmengine 100/123',
      'mmcv 55/90',
      'mmdet 484/486',
      'mmyolo 104/105',
      'mmpretrain 341/393',
      'mmcls 161/161',
      'mmselfsup 112/114',
    ]);
  });
});
