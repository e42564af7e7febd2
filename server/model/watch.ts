/** Which module runs, what it gives and what it costs: the stand-in for `nn.Module` tells of every call. */

import type { Graph } from '../../runtime/network/graph.ts';
import { count } from '../../runtime/network/tensor.ts';
import type { Type } from '../python/type.ts';
import { Dict } from '../python/types/dict.ts';
import type { Obj, Value } from '../python/value.ts';
import { TensorObject } from '../torch/tensor-object.ts';
import { numberOf } from '../torch/values.ts';
import { shapesOf } from './shapes.ts';
import type { Shapes } from './verdict.ts';

/** What multiply-accumulates are counted for; everything else counts 0 (bias, norm, activation, attention's matmuls). */
type Counted = 'convolution' | 'transposed' | 'linear';
const COUNTED: ReadonlyMap<string, Counted> = new Map([
  ...['Conv1d', 'Conv2d', 'Conv3d'].map(n => [`torch.nn.modules.conv.${n}`, 'convolution'] as const),
  ...['ConvTranspose1d', 'ConvTranspose2d', 'ConvTranspose3d'].map(n => [`torch.nn.modules.conv.${n}`, 'transposed'] as const),
  ['torch.nn.modules.linear.Linear', 'linear'] as const,
]);

/** What a module did in one run of the model. */
export interface ModuleCalls {
  count: number;
  /** What the first calls returned. */
  readonly outputs: Shapes[];
  macs: number;
}
/** A head is called once a level; of what is called more often, no more shapes are kept. */
const KEPT_OUTPUTS = 8;

export class Watch {
  /** Paths of the modules that were there when the watch began: `backbone.stem.conv`. Others are not watched. */
  readonly #paths: ReadonlyMap<Obj, string>;
  readonly graph: Graph;
  readonly #running: Obj[] = [];
  readonly #kinds = new Map<Type, Counted | null>();
  /** By the model's own children: `backbone`, `neck`. */
  readonly macsByPart = new Map<string, number>();
  /** By path, in the order in which the modules were left first. */
  readonly calls = new Map<string, ModuleCalls>();
  constructor(paths: ReadonlyMap<Obj, string>, graph: Graph) {
    this.#paths = paths;
    this.graph = graph;
  }

  get macs(): number {
    return [...this.macsByPart.values()].reduce((a, b) => a + b, 0);
  }
  /** The innermost module that was entered and not left: after a failure, the one that failed. */
  get innermost(): { readonly path: string; readonly type: string } | null {
    const module = this.#running.at(-1);
    return module ? { path: this.#paths.get(module) ?? '', type: module.type.name } : null;
  }

  enter(module: Obj): void {
    const path = this.#paths.get(module);
    if (path === undefined) return;
    this.#running.push(module);
    this.graph.module = path;
  }

  leave(module: Obj, args: readonly Value[], result: Value): void {
    const path = this.#paths.get(module);
    if (path === undefined) return;
    this.#running.pop();
    const outer = this.#running.at(-1);
    this.graph.module = (outer && this.#paths.get(outer)) ?? '';
    let calls = this.calls.get(path);
    if (!calls) this.calls.set(path, (calls = { count: 0, outputs: [], macs: 0 }));
    calls.count++;
    if (calls.outputs.length < KEPT_OUTPUTS) calls.outputs.push(shapesOf(result));
    const kind = this.#kind(module.type);
    if (!kind) return;
    const part = path.split('.')[0] ?? '',
      macs = macsOf(kind, module, args, result);
    calls.macs += macs;
    this.macsByPart.set(part, (this.macsByPart.get(part) ?? 0) + macs);
  }

  #kind(type: Type): Counted | null {
    let kind = this.#kinds.get(type);
    if (kind === undefined)
      this.#kinds.set(type, (kind = type.ancestors.map(t => COUNTED.get(`${t.module}.${t.name}`)).find(k => k !== undefined) ?? null));
    return kind;
  }
}

function macsOf(kind: Counted, module: Obj, [input]: readonly Value[], result: Value): number {
  const elements = (v: Value | undefined): number => (v instanceof TensorObject ? count(v.tensor.shape) : 0);
  if (kind === 'linear') return elements(result) * (numberOf(module.attributes?.get('in_features') ?? 0) ?? 0);
  const held = module.attributes?.get('weight'), // what is normed or parametrised is no parameter any more
    weight = parameterOf(module, 'weight') ?? (held instanceof TensorObject ? held : null),
    each = weight ? count(weight.tensor.shape.slice(1)) : 0;
  return (kind === 'convolution' ? elements(result) : elements(input)) * each;
}

function parameterOf(module: Obj, name: string): TensorObject | null {
  const held = module.attributes?.get('_parameters'),
    value = held instanceof Dict ? held.get(name) : undefined;
  return value instanceof TensorObject ? value : null;
}
