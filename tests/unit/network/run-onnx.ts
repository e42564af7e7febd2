/** One operator as a model of its own, run by onnxruntime: what the ONNX that it writes computes. */
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { DType } from '../../../runtime/network/dtype.ts';
import { Graph } from '../../../runtime/network/graph.ts';
import { OPERATORS } from '../../../runtime/network/operators/index.ts';
import type { Argument, Bound } from '../../../runtime/network/schema.ts';
import { dim, sizes, type Tensor } from '../../../runtime/network/tensor.ts';
import { exportOnnx } from '../../../runtime/onnx/export.ts';

export interface Given {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype?: DType;
}
export interface Computed {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

export const given = (shape: readonly number[], values: readonly number[], dtype: DType = 'float32'): Given => ({ shape, values, dtype });
/** 0, 1, 2, … in a shape. */
export const counting = (...shape: number[]): Given =>
  given(
    shape,
    Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i),
  );
export const size = (n: number): Argument => dim(n);

/** Inputs of the operator are inputs of the model. */
export async function compute(name: string, args: Readonly<Record<string, Given | readonly Given[] | Argument>>): Promise<Computed[]> {
  const graph = new Graph(),
    feeds = new Map<Tensor, Given>();
  const bound: Record<string, Argument> = {};
  const input = (g: Given): Tensor => {
    const t = graph.input({ shape: g.shape, dtype: g.dtype ?? 'float32' });
    feeds.set(t, g);
    return t;
  };
  for (const [key, v] of Object.entries(args)) bound[key] = isGiven(v) ? input(v) : isGivens(v) ? v.map(input) : v;
  const outputs = apply(graph, name, bound);
  const model = exportOnnx({ graph, outputs: new Map(outputs.map((t, i) => [`y${i}`, t])), weights: new Map() });
  const session = await InferenceSession.create(model);
  const fed = graph.inputs
    .map((t, i): [string, OrtTensor] => [`input${i}`, ortTensor(feeds.get(t)!)])
    .filter(([n]) => session.inputNames.includes(n));
  const results = await session.run(Object.fromEntries(fed));
  return outputs.map((t, i) => {
    const result = results[`y${i}`]!;
    if (result.dims.join() !== sizes(t.shape).join())
      throw new Error(`onnxruntime computed shape [${result.dims.join(', ')}], the shape rule said [${sizes(t.shape).join(', ')}]`);
    return { shape: result.dims, values: Array.from(result.data as ArrayLike<number | bigint>, Number) };
  });
}

export function apply(graph: Graph, name: string, bound: Bound): readonly Tensor[] {
  const operator = OPERATORS.get(name);
  if (!operator) throw new Error(`no operator ${name}`);
  const outcome = graph.apply(operator, bound);
  if (outcome.kind !== 'results') throw new Error(outcome.kind === 'fault' ? outcome.message : outcome.reason);
  return outcome.tensors;
}

const isGiven = (v: unknown): v is Given => typeof v === 'object' && v !== null && 'values' in v && 'shape' in v && !('id' in v);
const isGivens = (v: unknown): v is readonly Given[] => Array.isArray(v) && v.length > 0 && v.every(isGiven);

function ortTensor({ shape, values, dtype = 'float32' }: Given): OrtTensor {
  switch (dtype) {
    case 'int64':
      return new OrtTensor('int64', BigInt64Array.from(values, BigInt), shape);
    case 'bool':
      return new OrtTensor('bool', Uint8Array.from(values), shape);
    case 'float32':
      return new OrtTensor('float32', Float32Array.from(values), shape);
    default:
      throw new Error(`no ${dtype} here`);
  }
}
