/** A stand-in that we lack must never look like the user's mistake: take any away from a good config, and the verdict is the same or unknown, never an error. */
import { beforeAll, describe, expect, it } from 'vitest';
import { configContext, resolveConfig } from '../../../server/config/index.ts';
import type { ResolvedConfig } from '../../../server/config/resolved.ts';
import { ModelRunner } from '../../../server/model/run.ts';
import { assets } from '../../../server/project/assets.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { ParsedSources } from '../../../server/python/import/parsed-sources.ts';
import { Module } from '../../../server/python/module.ts';
import { Type } from '../../../server/python/type.ts';
import { DICT } from '../../../server/python/types/dict.ts';
import { INT } from '../../../server/python/types/int.ts';
import { LIST } from '../../../server/python/types/list.ts';
import { SET } from '../../../server/python/types/set.ts';
import { STR } from '../../../server/python/types/str.ts';
import { TUPLE } from '../../../server/python/types/tuple.ts';
import { environmentOf } from '../../../server/registry/environment.ts';
import { createRegistry } from '../../../server/registry/registry.ts';
import { loadSnapshot } from '../../../server/registry/snapshot.ts';
import { openParser } from '../../../server/syntax/parse.ts';
import { CALLS } from '../../../server/torch/calls.ts';
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
/** How many are taken away, in all. `NECKTIE_REMOVALS=500` for more, `NECKTIE_SEED` for others. */
const REMOVALS = Number(process.env['NECKTIE_REMOVALS'] ?? 40),
  SEED = Number(process.env['NECKTIE_SEED'] ?? 8);

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

/** Something of ours that a model used: a module's member, a builtin, a name of a stand-in in Python, an operator, a method of a type. */
interface Part {
  readonly kind: 'finder' | 'builtin' | 'member' | 'call' | 'method';
  readonly name: string;
}
const TYPES: ReadonlyMap<string, Type> = new Map([
  ['str', STR],
  ['list', LIST],
  ['tuple', TUPLE],
  ['dict', DICT],
  ['set', SET],
  ['int', INT],
  ['Tensor', TENSOR],
]);

/** Sees what is asked for, and takes one of it away, while a piece of work runs. */
function watching<R>(gone: Part | null, saw: (part: Part) => void, work: (without: (name: string) => boolean) => R): R {
  const isGone = (kind: Part['kind'], name: string): boolean => gone?.kind === kind && gone.name === name;
  const { member } = Module.prototype,
    { find } = Type.prototype,
    get = CALLS.get.bind(CALLS);
  Module.prototype.member = function (this: Module, name) {
    // While it runs, what it lacks may only not be bound yet.
    const isOurs = this.state === 'done' && (this.file.startsWith(assets.stubs) || this.file.startsWith(assets.library)),
      whole = `${this.name}.${name}`;
    if (isOurs && !name.startsWith('_') && this.cells.get(name)?.value !== undefined) saw({ kind: 'member', name: whole });
    return isOurs && isGone('member', whole) ? this.provide?.(name) : member.call(this, name);
  };
  Type.prototype.find = function (this: Type, name) {
    for (const [label, type] of TYPES)
      if (this.ancestors.includes(type) && type.members.has(name) && !name.startsWith('__'))
        saw({ kind: 'method', name: `${label}.${name}` });
    return find.call(this, name);
  };
  CALLS.get = name => {
    const call = get(name);
    if (call) saw({ kind: 'call', name });
    return isGone('call', name) ? undefined : call;
  };
  const [label = '', method = ''] = gone?.kind === 'method' ? gone.name.split('.') : [],
    type = TYPES.get(label),
    value = type?.members.get(method);
  type?.setMember(method, undefined);
  try {
    return work(name => {
      const kind = name.startsWith('builtins.') ? 'builtin' : 'finder';
      if (!/^_|^builtins\.__/.test(name)) saw({ kind, name });
      return isGone(kind, name);
    });
  } finally {
    type?.setMember(method, value);
    Module.prototype.member = member;
    Type.prototype.find = find;
    CALLS.get = get;
  }
}

describe('what is missing of ours', () => {
  it('is unknown, never an error', () => {
    const asked = configs.map(config => {
      const parts = new Map<string, Part>();
      const verdict = watching(
        null,
        part => parts.set(`${part.kind} ${part.name}`, part),
        without => runner(without).verdict({ config }),
      );
      expect(verdict.unknown).toBeNull();
      return [...parts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    });
    const next = random(SEED),
      kinds: readonly Part['kind'][] = ['finder', 'builtin', 'member', 'call', 'method'],
      wrong: string[] = [];
    let unknown = 0;
    for (let i = 0; i < REMOVALS; i++) {
      const at = Math.floor(next() * configs.length),
        of = asked[at]!.filter(part => part.kind === kinds[i % kinds.length]),
        gone = of[Math.floor(next() * of.length)]!;
      const verdict = watching(
        gone,
        () => {},
        without => runner(without).verdict({ config: configs[at]! }),
      );
      if (verdict.ok === false)
        wrong.push(`${GOOD[at]!.split('/').at(-1)} without ${gone.kind} ${gone.name}: ${verdict.error?.type} ${verdict.error?.message}`);
      if (verdict.ok === null) unknown++;
    }
    expect(wrong).toEqual([]);
    // Most of what is asked for is needed: a removal that changes nothing would prove nothing.
    expect(unknown).toBeGreaterThan(REMOVALS / 2);
  }, 600_000);
});
