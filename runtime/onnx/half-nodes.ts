/** Which of a model's nodes may compute with 16 bits, and what comes out of them. By ONNX's operators, whoever wrote the model. */
import { fitHalf, hasTiny } from './float16.ts';

/** As much of a NodeProto as that takes. */
export interface ModelNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Of an attribute that is a whole number, a number or a text; undefined where there is none. */
  attribute(name: string): number | string | undefined;
}

/** Where a model's weight goes through these, the work is. */
const HEAVY = new Set(['Conv', 'ConvTranspose', 'MatMul', 'Gemm', 'Einsum']);
/** A weight of so few numbers is a sum over a distribution, as heads make boxes of: it decides about precision and not about speed. */
const SLIGHT = 64;

/** Powers, logarithms and sums over many reach beyond 65,504 or lose what is small; places within a picture need more than 11 bits. */
const WIDE = new Set(
  `Exp Log Pow Reciprocal Sqrt CumSum ReduceSum ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceProd ReduceSumSquare Range
   GridSample DeformConv RoiAlign NonMaxSuppression TopK OneHot Mod`.split(/\s+/),
);
/** They hand on what they are given: not worth a cast. */
const CARRIERS = new Set(
  `Identity Reshape Transpose Slice Split Concat Gather GatherElements GatherND Squeeze Unsqueeze Expand Flatten Tile DepthToSpace
   SpaceToDepth Trilu Compress`.split(/\s+/),
);
const COUNTING = new Set('Shape Size ArgMax ArgMin NonZero NonMaxSuppression'.split(' '));
const TELLING = new Set('Equal Greater Less GreaterOrEqual LessOrEqual Not And Or Xor IsNaN IsInf'.split(' '));

/** TensorProto.DataType. */
export const FLOAT_TYPE = 1;
export const HALF_TYPE = 10;

/** Inputs that are float32 whatever the others are: the region and the scales of a resize. */
export const staysFloat = ({ type }: ModelNode, input: number): boolean => type === 'Resize' && input > 0;

/** Which input an output's type is that of; `float` and `other` where it hangs on none. */
export function outputType({ type, attribute }: ModelNode, output: number): number | 'float' | 'other' {
  if (type === 'Cast') return attribute('to') === FLOAT_TYPE ? 'float' : 'other';
  if (COUNTING.has(type) || TELLING.has(type)) return 'other';
  if (output === 1 && (type === 'TopK' || type === 'MaxPool' || type === 'Dropout')) return 'other';
  if (type === 'Where') return 1;
  if (type === 'OneHot') return 2;
  return 0;
}

export type Way = 'half' | 'float' | 'as-given';

/** How a node is computed; `constants`: float32 numbers by the names of those that the model holds. */
export function wayOf(node: ModelNode, constants: ReadonlyMap<string, Uint8Array>): Way {
  const { type, inputs, attribute } = node;
  if (WIDE.has(type)) return 'float';
  // A nearest neighbour is a copy; whoever interpolates computes places.
  if (type === 'Resize' && attribute('mode') !== undefined && attribute('mode') !== 'nearest') return 'float';
  const held = inputs.flatMap((name, at) => (staysFloat(node, at) ? [] : (constants.get(name) ?? [])));
  if (held.some(bytes => !fitHalf(bytes))) return 'float';
  // Of a few numbers each counts: what keeps a division from zero is as small as 1e-6. A weight may lose its smallest.
  if (!HEAVY.has(type) && type !== 'BatchNormalization' && held.some(bytes => bytes.length <= 4 * SLIGHT && hasTiny(bytes))) return 'float';
  if (CARRIERS.has(type) || TELLING.has(type) || COUNTING.has(type)) return 'as-given';
  // From another type: what it counts or tells may be a place. To another: as it is.
  if (type === 'Cast') return attribute('to') === FLOAT_TYPE ? 'float' : 'as-given';
  return 'half';
}

/** What comes behind the last weights: boxes are made there, in pixels of which float16 tells no halves from 1,024 on. It costs nothing. */
export function behindTheWork(nodes: readonly ModelNode[], constants: ReadonlyMap<string, Uint8Array>): ReadonlySet<ModelNode> {
  const slight = new Set<string>();
  for (const [name, bytes] of constants) if (bytes.length <= 4 * SLIGHT) slight.add(name);
  for (const { type, inputs, outputs } of nodes)
    if (CARRIERS.has(type) && slight.has(inputs[0] ?? '')) for (const name of outputs) slight.add(name);
  const before = new Set<string>();
  const behind = new Set<ModelNode>();
  for (const node of nodes.toReversed()) {
    const isWork = HEAVY.has(node.type) && !node.inputs.slice(0, 2).some(name => slight.has(name));
    if (isWork || node.outputs.some(name => before.has(name))) for (const name of node.inputs) before.add(name);
    else behind.add(node);
  }
  return behind;
}

/** What comes out of them is told by no input. */
export const MAKES_ITS_OWN = new Set('Constant ConstantOfShape EyeLike If Loop Scan'.split(' '));
