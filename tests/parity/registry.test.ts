/** The static scan against what the real registries held: `facts/registry.json.gz` was made from them, so it serves as the record. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import type { Entry } from '../../server/registry/entry.ts';
import { createRegistry } from '../../server/registry/registry.ts';
import { emptySnapshot, loadSnapshot, type Snapshot } from '../../server/registry/snapshot.ts';
import { zoo } from '../zoo.ts';

const snapshot = loadSnapshot(assets.facts);
const LIBRARIES = ['mmengine', 'mmcv', 'mmdet', 'mmyolo', 'mmpretrain', 'mmcls', 'mmselfsup'];

const told = ({ name, required, choices }: Entry['parameters'][number]): string =>
  `${name}${required ? '!' : ''}${choices ? `∈${JSON.stringify(choices)}` : ''}`;
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

interface Written {
  readonly [name: string]: unknown;
}
const isWritten = (value: unknown): value is Written => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `Type.argument=value` of every argument in the official configs that has choices, by whether it is one of them. */
function choicesWritten(library: string): { readonly taken: readonly string[]; readonly refused: readonly string[] } {
  const registry = createRegistry(new NodeHost(), { roots: [zoo], workspace: [], description: '' }, snapshot);
  const [taken, refused]: [string[], string[]] = [[], []];
  const look = (value: unknown, around: string): void => {
    if (Array.isArray(value)) for (const item of value) look(item, around);
    if (!isWritten(value)) return;
    const scope = typeof value['_scope_'] === 'string' ? value['_scope_'] : around;
    const found = typeof value['type'] === 'string' ? registry.lookup(value['type'], scope, null) : null;
    for (const { name, choices } of found?.kind === 'found' ? found.entry.parameters : []) {
      const given = value[name];
      if (!choices || !(name in value) || (choices.of === 'str' && typeof given !== 'string')) continue;
      const plain = choices.caseless && typeof given === 'string' ? given.toLowerCase() : given;
      const among = choices.values.some(choice => choice === plain);
      (among ? taken : refused).push(`${String(value['type'])}.${name}=${JSON.stringify(given)}`);
    }
    for (const inner of Object.values(value)) look(inner, scope);
  };
  const records = gunzipSync(readFileSync(fileURLToPath(new URL(`../data/zoo/${library}.jsonl.gz`, import.meta.url)))).toString('utf8');
  for (const line of records.split('\n').filter(Boolean)) {
    const { ok, value }: { readonly ok: boolean; readonly value?: Written } = JSON.parse(line);
    if (ok && value) look(value, typeof value['default_scope'] === 'string' ? value['default_scope'] : library);
  }
  return { taken, refused };
}

describe('choices of constructors', () => {
  it('take whatever the official configs give', () => {
    const all = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup'].map(choicesWritten);
    expect(all.flatMap(({ refused }) => refused)).toEqual([]);
    expect(all.flatMap(({ taken }) => taken).length).toBeGreaterThan(6000);
  });
});
