/** Every official config of five libraries, against what mmengine 0.10.7 made of it: `tests/data/zoo`. And the sample workspace, against the official files it stands for. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { canonical, canonicalRecord, type Json } from '../../server/config/canonical.ts';
import { configContext, resolveConfig } from '../../server/config/index.ts';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { openParser } from '../../server/syntax/parse.ts';
import { zoo } from '../zoo.ts';

interface Reference {
  readonly file: string;
  readonly ok: boolean;
  readonly value?: Json;
  readonly error?: { readonly type: string; readonly message: string };
}

const parse = await openParser(assets.parserWasm, assets.grammarWasm);
const context = configContext({ host: new NodeHost(), parse, roots: [zoo] });
const local = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

function references(library: string): readonly Reference[] {
  const text = gunzipSync(readFileSync(local(`tests/data/zoo/${library}.jsonl.gz`))).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): Reference => JSON.parse(line));
}

/** How many configs each has: all of them equal. */
const LIBRARIES = { mmyolo: 148, mmdet: 869, mmpretrain: 846, mmcls: 629, mmselfsup: 189 } as const;

describe.each(Object.entries(LIBRARIES))('%s', (library, count) => {
  test(`${count} configs`, () => {
    const different: string[] = [];
    const all = references(library);
    for (const { file, ok, value, error } of all) {
      const ours = canonicalRecord(file, resolveConfig(context, `${zoo}/${file}`));
      const expected = ok ? { file, ok, value } : { file, ok, error };
      if (!isDeepStrictEqual(withoutFolders(ours), withoutFolders(expected))) different.push(file);
    }
    expect(different).toEqual([]);
    expect(all.length).toBe(count);
  });
});

/** In mmengine's sentences, files are named by paths that go up and down again. */
function withoutFolders(record: unknown): unknown {
  if (typeof record !== 'object' || record === null || !('error' in record)) return record;
  return JSON.parse(
    JSON.stringify(record)
      .replaceAll(`${zoo}/`, '')
      .replace(/[^/' "]+\/\.\.\//g, '')
      .replaceAll('/./', '/'),
  );
}

describe('the sample workspace', () => {
  const base = 'yolov5_s-v61_syncbn_8xb16-300e_coco';
  const resolved = (path: string): Json => canonical(resolveConfig(context, local(path)).value);

  test('the base is the official config', () => {
    const official = references('mmyolo').find(r => r.file.endsWith(`/yolov5/${base}.py`));
    expect(resolved(`configs/${base}.py`)).toEqual(official?.value);
  });

  test.each(references('replacements'))('the backbone replacement $file', ({ file, value }) => {
    expect(resolved(`configs/${base}_${file}.py`)).toEqual(value);
  });

  test.each(['neck-channels', 'out-indices', 'widen-factor'])('broken/resnet50_%s.py can be read', name => {
    const config = resolveConfig(context, local(`configs/broken/resnet50_${name}.py`));
    expect(config.problems).toEqual([]);
    expect(config.unknowns).toEqual([]);
  });
});
