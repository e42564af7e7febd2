/** A stand-in that we lack must never look like the user's mistake: take any away from a good config, and the verdict is the same or unknown, never an error. */
import { beforeAll, describe, expect, it } from 'vitest';
import { configContext, resolveConfig } from '../../../server/config/index.ts';
import type { ResolvedConfig } from '../../../server/config/resolved.ts';
import { ModelRunner } from '../../../server/model/run.ts';
import { assets } from '../../../server/project/assets.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { ParsedSources } from '../../../server/python/import/parsed-sources.ts';
import { environmentOf } from '../../../server/registry/environment.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { loadSnapshot } from '../../../server/registry/snapshot.ts';
import { openParser } from '../../../server/syntax/parse.ts';
import { TENSOR } from '../../../server/torch/tensor-object.ts';
import { zoo } from '../../zoo.ts';

const folder = new URL('../../../configs', import.meta.url).pathname;
const GOOD = [
  '',
  '_yolov6-efficientrep',
  '_mmdet-resnet50',
  '_mmdet-swin-tiny',
  '_mmcls-convnext-tiny',
  '_mmcls-mobilenetv3-small',
  '_mmcls-timm-efficientnet-b1',
  '_mmselfsup-resnet50',
  '_mmdet-resnet50-scratch',
].map(name => `${folder}/yolov5_s-v61_syncbn_8xb16-300e_coco${name}.py`);
/** How many are taken away, in all. */
const REMOVALS = 40;

/** A small generator of pseudo-random numbers (mulberry32), so that a failure can be had again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

let configs: readonly ResolvedConfig[];
let runner: (without: (name: string) => boolean) => ModelRunner;
beforeAll(async () => {
  const host = new NodeHost(),
    parse = await openParser(assets.parserWasm, assets.grammarWasm),
    sources = new ParsedSources(parse);
  const environment = environmentOf(host, { workspace: [], python: null, sitePackages: [zoo], environment: true }, {});
  const registry = createRegistry(host, environment, loadSnapshot(assets.facts)),
    context = configContext({ host, parse, roots: environment.roots });
  configs = GOOD.map(file => resolveConfig(context, file));
  runner = without => new ModelRunner({ host, environment, registry, parse, sources, without });
});

/** Methods that these models call. */
const METHODS = [
  'size',
  'dim',
  'view',
  'permute',
  'flatten',
  'reshape',
  'mean',
  'contiguous',
  'transpose',
  'sigmoid',
  'unsqueeze',
  'softmax',
];

describe('a stand-in that is missing', () => {
  it('is unknown, never an error', () => {
    const asked = configs.map(config => {
      const names = new Set<string>();
      const verdict = runner(name => (names.add(name), false)).verdict({ config });
      expect(verdict.unknown).toBeNull();
      return [...names].sort();
    });
    const next = random(8);
    const wrong: string[] = [];
    let unknown = 0;
    for (let i = 0; i < REMOVALS; i++) {
      const at = i % configs.length;
      const names = asked[at]!;
      const gone = names[Math.floor(next() * names.length)]!;
      const verdict = runner(name => name === gone).verdict({ config: configs[at]! });
      if (verdict.ok === false)
        wrong.push(`${GOOD[at]!.split('/').at(-1)} without ${gone}: ${verdict.error?.type} ${verdict.error?.message}`);
      if (verdict.ok === null) unknown++;
    }
    expect(wrong).toEqual([]);
    // Most of what is asked for is needed: a removal that changes nothing would prove nothing.
    expect(unknown).toBeGreaterThan(REMOVALS / 2);
  }, 300_000);

  it.each(METHODS)('is unknown, never an error: Tensor.%s', name => {
    const method = TENSOR.members.get(name);
    expect(method).toBeDefined();
    TENSOR.setMember(name, undefined);
    try {
      const verdicts = [3, 4, 6].map(at => runner(() => false).verdict({ config: configs[at]! }));
      expect(verdicts.filter(v => v.ok === false).map(v => v.error?.message)).toEqual([]);
    } finally {
      TENSOR.setMember(name, method);
    }
  });
});
