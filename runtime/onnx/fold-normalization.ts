/** Batch normalization as a part of the convolution before it, counted in double precision: rounded once, weights lose half as much as rounded before and after. */
import type { ModelNode } from './half-nodes.ts';

/** What a convolution takes in place of its own weights, and the output that it then makes: the normalization's. */
export interface Folded {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  readonly output: string;
}

/** By the convolutions; and the normalizations that are none any more. `constants`: float32 numbers that the model holds, by name. */
export function foldedNormalizations<Node extends ModelNode>(
  nodes: readonly Node[],
  constants: ReadonlyMap<string, Uint8Array>,
  outputs: ReadonlySet<string>,
): { readonly folded: ReadonlyMap<Node, Folded>; readonly gone: ReadonlySet<Node> } {
  const uses = new Map<string, number>();
  for (const { inputs } of nodes) for (const name of inputs) uses.set(name, (uses.get(name) ?? 0) + 1);
  const makers = new Map(nodes.flatMap(node => (node.type === 'Conv' ? [[node.outputs[0] ?? '', node] as const] : [])));
  const folded = new Map<Node, Folded>();
  const gone = new Set<Node>();
  for (const node of nodes) {
    const [input = '', ...names] = node.inputs;
    const convolution = makers.get(input);
    if (node.type !== 'BatchNormalization' || !convolution || uses.get(input) !== 1 || outputs.has(input)) continue;
    const made = foldedInto(convolution, names, node.attribute('epsilon') ?? 1e-5, constants);
    if (!made) continue;
    folded.set(convolution, { ...made, output: node.outputs[0] ?? '' });
    gone.add(node);
  }
  return { folded, gone };
}

/** `names`: scale, shift, mean and variance, a number each for an output channel. Null where they are not held by the model. */
function foldedInto(
  { inputs: [, weightName = '', biasName = ''] }: ModelNode,
  names: readonly string[],
  epsilon: number | string,
  constants: ReadonlyMap<string, Uint8Array>,
): Omit<Folded, 'output'> | null {
  const held = [weightName, ...names].map(name => constants.get(name));
  const [weight, scale, shift, mean, variance] = held.map(bytes => bytes && floatsOf(bytes));
  const own = biasName === '' ? new Float32Array(scale?.length ?? 0) : constants.get(biasName) && floatsOf(constants.get(biasName)!);
  if (!weight || !scale || !shift || !mean || !variance || !own || typeof epsilon !== 'number') return null;
  const made = { weight: new Float32Array(weight.length), bias: new Float32Array(scale.length) };
  const each = weight.length / scale.length;
  for (let channel = 0; channel < scale.length; channel++) {
    const factor = scale[channel]! / Math.sqrt(variance[channel]! + epsilon);
    made.bias[channel] = shift[channel]! + (own[channel]! - mean[channel]!) * factor;
    for (let i = channel * each; i < (channel + 1) * each; i++) made.weight[i] = weight[i]! * factor;
    if (!Number.isFinite(factor * made.bias[channel]!)) return null;
  }
  return made;
}

function floatsOf(bytes: Uint8Array): Float32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return new Float32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
}
