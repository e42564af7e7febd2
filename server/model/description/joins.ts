/** How a neck joins levels, read off the graph that it left: sums and concatenations of maps, and outputs made of another level. */
import type { Node } from '../../../runtime/network/graph.ts';
import { count, type Tensor } from '../../../runtime/network/tensor.ts';
import type { NetworkJoin } from '../../picture/description.ts';

/** A drawing of more says nothing. */
const MOST = 96;

/** `inputs` and `outputs`: the neck's maps. Empty: nothing is joined, or more than can be drawn. */
export function joinsOf(
  part: string,
  nodes: readonly Node[],
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
  inputHeight: number,
): readonly NetworkJoin[] {
  const joins: { readonly stride: number; readonly from: readonly number[] }[] = [];
  /** Of each tensor, the places that it was made from, with nothing joined since. */
  const origins = new Map<Tensor, ReadonlySet<number>>();
  const place = (tensor: Tensor, from: readonly number[]): void => {
    const stride = strideOf(tensor, inputHeight);
    if (stride === null) return;
    origins.set(tensor, new Set([joins.length]));
    joins.push({ stride, from });
  };
  for (const input of inputs) place(input, []);
  for (const node of nodes) {
    if (node.module !== part && !node.module.startsWith(`${part}.`)) continue;
    const from = new Set(node.inputs.flatMap(tensor => [...(origins.get(tensor) ?? [])]));
    if (!from.size) continue;
    const [output] = node.outputs;
    // Both sides must be maps: a weight for a level is no level.
    const maps = node.inputs.filter(tensor => origins.has(tensor) && isMap(tensor));
    const meets = from.size > 1 && maps.length > 1 && output && isMap(output);
    if (meets)
      place(
        output,
        [...from].sort((a, b) => a - b),
      );
    else for (const made of node.outputs) origins.set(made, from);
    if (joins.length > MOST) return [];
  }
  for (const output of outputs) {
    const from = [...(origins.get(output) ?? [])];
    const stride = strideOf(output, inputHeight);
    if (stride !== null && from.length && from.every(i => joins[i]?.stride !== stride)) place(output, from);
  }
  return joins.length > inputs.length && joins.length <= MOST ? joins : [];
}

/** The maps that a part takes from others and hands to them: of a neck in a list, whose results nobody keeps. `last`: what the whole list gives. */
export function boundary(
  part: string,
  nodes: readonly Node[],
  last: readonly Tensor[],
): { readonly inputs: readonly Tensor[]; readonly outputs: readonly Tensor[] } {
  const isInside = ({ module }: Node): boolean => module === part || module.startsWith(`${part}.`);
  const made = new Set(nodes.filter(isInside).flatMap(node => node.outputs));
  const given = new Set(nodes.filter(node => !isInside(node)).flatMap(node => node.outputs));
  const taken = new Set([...nodes.filter(node => !isInside(node)).flatMap(node => node.inputs), ...last]);
  const inputs = nodes.filter(isInside).flatMap(node => node.inputs.filter(tensor => given.has(tensor) && isMap(tensor)));
  return { inputs: [...new Set(inputs)], outputs: [...made].filter(tensor => taken.has(tensor) && isMap(tensor)) };
}

const isMap = ({ shape }: Tensor): boolean => shape.length === 4 && count(shape.slice(2)) > 1;

function strideOf({ shape }: Tensor, inputHeight: number): number | null {
  const height = shape.length === 4 ? shape[2]?.size : undefined;
  return height ? Math.round(inputHeight / height) : null;
}
