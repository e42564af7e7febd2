/** What was read of sources is kept: what it is kept by, when it is read again, and that a damaged store is as good as none. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskStore } from '../../../server/project/disk-store.ts';
import type { TextStore } from '../../../server/project/text-store.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { emptySnapshot } from '../../../server/registry/snapshot.ts';
import { MemoryStore } from '../../memory-store.ts';
import { MemoryHost } from './memory-host.ts';

const FILES = {
  '/site/mmengine/__init__.py': '',
  '/site/mmengine/registry.py': "class Registry:\n    pass\nMODELS = Registry('model')\n",
  '/site/lib/__init__.py': '',
  '/site/lib/table.py': "TABLE = {'a': 1}\n",
  '/site/lib/base.py':
    "class Base:\n    '''A base.\n\n    Args:\n        width (int): How wide.\n    '''\n    def __init__(self, width, **kwargs):\n        pass\n",
  '/site/lib/net.py':
    "from mmengine.registry import MODELS\nfrom .base import Base\nfrom .table import TABLE\n@MODELS.register_module()\nclass Net(Base):\n    'A net.'\n    def __init__(self, arch='a', **kwargs):\n        super().__init__(**kwargs)\n        x = TABLE[arch]\n",
  '/ws/mine.py': 'from mmengine.registry import MODELS\n@MODELS.register_module()\nclass Mine:\n    def __init__(self, x):\n        pass\n',
  '/ws/other.py': 'from mmengine.registry import MODELS\n@MODELS.register_module()\nclass Other:\n    pass\n',
};

/** Counts what is read. */
class CountingHost extends MemoryHost {
  readonly reads: string[] = [];
  override read(path: string): string | null {
    this.reads.push(path);
    return super.read(path);
  }
}
const environment = { roots: ['/ws', '/site'], workspace: ['/ws'], description: '' };

function told(host: MemoryHost, store: TextStore | null): unknown {
  const registry = createRegistry(host, environment, emptySnapshot, store);
  const shown = [...registry.entriesOf('lib')].map(({ name, target, summary, parameters, open, source }) => ({
    name,
    target,
    summary,
    parameters: parameters.map(p => ({ ...p })),
    open,
    source,
  }));
  return [shown, ['Mine', 'Other', 'Later'].map(name => registry.lookup(name, 'mmengine', 'model').kind)];
}
const expected = told(new MemoryHost(FILES), null);
const python = (reads: readonly string[]): readonly string[] => reads.filter(path => path.endsWith('.py')).sort();

describe('outlines', () => {
  it('tell the same from a store, and no source is read for them but for docstrings', () => {
    const store = new MemoryStore();
    expect(told(new CountingHost(FILES), store)).toEqual(expected);
    store.flush();
    const host = new CountingHost(FILES);
    expect(told(host, store)).toEqual(expected);
    expect([...new Set(python(host.reads))]).toEqual(['/site/lib/base.py', '/site/lib/net.py']);
  });

  it('of one file that changed are made anew, and no others', () => {
    const store = new MemoryStore();
    const host = new CountingHost(FILES);
    told(host, store);
    store.flush();
    host.reads.length = 0;
    host.write('/ws/other.py', FILES['/ws/other.py'].replace('Other', 'Later'));
    const registry = createRegistry(host, environment, emptySnapshot, store);
    expect(['Mine', 'Other', 'Later'].map(name => registry.lookup(name, 'mmengine', 'model').kind)).toEqual(['found', 'unknown', 'found']);
    expect(python(host.reads)).toEqual(['/ws/other.py']);
    // The next program, too.
    store.flush();
    const next = new CountingHost({ ...FILES, '/ws/other.py': FILES['/ws/other.py'].replace('Other', 'Later') });
    createRegistry(next, environment, emptySnapshot, store).lookup('Later', 'mmengine', 'model');
    expect(python(next.reads)).toEqual([]);
  });

  it('forget files that are gone', () => {
    const store = new MemoryStore();
    told(new MemoryHost(FILES), store);
    store.flush();
    expect([...store.texts.values()].some(text => text.includes('other.py'))).toBe(true);
    const { '/ws/other.py': _, ...rest } = FILES;
    const host = new MemoryHost({ ...rest, '/ws/mine.py': `${FILES['/ws/mine.py']}# changed\n` });
    told(host, store);
    store.flush();
    expect([...store.texts.values()].some(text => text.includes('other.py'))).toBe(false);
  });

  const DAMAGES: readonly (readonly [name: string, damage: (text: string) => string])[] = [
    ['empty', () => ''],
    ['half of it', text => text.slice(0, text.length / 2)],
    ['no digest', text => text.slice(text.indexOf('\n') + 1)],
    ['one letter changed', text => text.replace('Net', 'Not')],
    ['something else', () => '{"version": 1}\n[]'],
    ['bytes', () => '\u0000\uFFFD\n\n\n'],
  ];
  it.each(DAMAGES)('a damaged store is made anew: %s', (_, damage) => {
    const store = new MemoryStore();
    told(new MemoryHost(FILES), store);
    store.flush();
    const good = new Map(store.texts);
    for (const [name, text] of store.texts) store.texts.set(name, damage(text));
    expect(told(new MemoryHost(FILES), store)).toEqual(expected);
    store.flush();
    expect(store.texts).toEqual(good);
  });
});

describe('the store on the disk', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'necktie-store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('writes when there is time, once for several, and leaves no drafts', async () => {
    const store = new DiskStore(join(folder, 'deep/er'));
    let made = 0;
    for (const text of ['a', 'b', 'c']) store.keep('x', () => (made++, text));
    expect(store.read('x')).toBe(null);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect([store.read('x'), made]).toEqual(['c', 1]);
    expect([...(store.bytes('x') ?? [])]).toEqual([99]);
    expect(store.bytes('y')).toBe(null);
    expect(readdirSync(join(folder, 'deep/er'))).toEqual(['x']);
  });
  it('is not spoilt by two that write at once', () => {
    const stores = [new DiskStore(folder), new DiskStore(folder)];
    for (let round = 0; round < 20; round++) {
      for (const [i, store] of stores.entries()) store.keep('x', () => `${i}`.repeat(100_000));
      for (const store of stores) store.flush();
      expect(new Set(readFileSync(join(folder, 'x'), 'utf8')).size).toBe(1);
    }
  });
  it('does without a place to write', () => {
    writeFileSync(join(folder, 'file'), '');
    const store = new DiskStore(join(folder, 'file/below'));
    store.keep('x', () => 'a');
    store.flush();
    expect(store.read('x')).toBe(null);
  });
});
