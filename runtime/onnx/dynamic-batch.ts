/**
 * A model for any number of pictures at once, from the graphs of two numbers of them. What differs between the two hangs on the batch: a side of an input or an
 * output gets a name, a number among a constant's becomes one that is computed from the input's own shape. Anything else that differs is a reason to refuse.
 */
import { type Draft, draftOf, ExportRefused, type ExportRequest, type OnnxPort } from './export.ts';
import { NodeList } from './node-list.ts';
import type { Field } from './protobuf.ts';
import type { OnnxDim } from './types.ts';
import type { OnnxConstant } from './writer.ts';

/** Two numbers of pictures that no side of a network has by chance. */
export const BATCHES = [13, 17] as const;

/** `first` and `second`: the same network, run with so many pictures as `BATCHES` says. Throws `ExportRefused`. */
export function dynamicDraft(first: ExportRequest, second: ExportRequest): Draft {
  return merged(draftOf(first, false), draftOf(second, false));
}

const OTHERWISE = 'The network does something else with another number of pictures, so that it cannot be written for any number of them';

/** One draft of two: see above. Throws `ExportRefused`. */
export function merged(first: Draft, second: Draft): Draft {
  if (first.nodes.length !== second.nodes.length || first.constants.length !== second.constants.length)
    throw new ExportRefused(`${OTHERWISE}.`);
  for (const [i, node] of first.nodes.entries())
    if (JSON.stringify(node) !== JSON.stringify(second.nodes[i])) throw new ExportRefused(`${OTHERWISE}: ${nameOf(node)}.`);
  const [input] = first.inputs;
  if (!input) throw new ExportRefused('The network has no input.');
  const constants: OnnxConstant[] = [];
  const computed = new Computed(input.name);
  for (const [i, constant] of first.constants.entries()) {
    const kept = computed.kept(constant, second.constants[i]!, first.nodes);
    if (kept) constants.push(kept);
  }
  const port = (ports: readonly OnnxPort[]) => (own: OnnxPort, i: number) => ({
    ...own,
    shape: own.shape.map((n, d) => dimOf(n, ports[i]?.shape[d])),
  });
  return {
    ...first,
    nodes: [...computed.list.nodes, ...first.nodes],
    constants: [...constants, ...computed.list.constants],
    inputs: first.inputs.map(port(second.inputs)),
    outputs: first.outputs.map(port(second.outputs)),
  };
}

function dimOf(own: OnnxDim, other: OnnxDim | undefined): OnnxDim {
  if (own === other) return own;
  const times = typeof own === 'number' && typeof other === 'number' ? timesOf(own, other) : null;
  if (times === null) throw new ExportRefused(`${OTHERWISE}.`);
  return times === 1 ? 'batch' : `batch * ${times}`;
}

/** How many times the batch a number is; null where it is something else of it. */
function timesOf(own: number, other: number): number | null {
  const times = own / BATCHES[0];
  return Number.isInteger(times) && times * BATCHES[1] === other ? times : null;
}

/** Nodes that compute what hangs on the batch. */
class Computed {
  readonly list = new NodeList('batch');
  readonly #input: string;
  #batch: string | null = null;
  constructor(input: string) {
    this.#input = input;
  }

  /** The constant itself where it is the same in both; with a −1 where that says it; else null, and a node of its name computes it. */
  kept(own: OnnxConstant, other: OnnxConstant, nodes: readonly Field[]): OnnxConstant | null {
    if (own.shape.join() !== other.shape.join() || own.dtype !== other.dtype) throw new ExportRefused(`${OTHERWISE}.`);
    const differing = own.values.flatMap((value, i) => (value === other.values[i] ? [] : [i]));
    const [first] = differing;
    if (first === undefined) return own;
    const times = own.values.map((value, i) => (value === other.values[i] ? null : timesOf(value, other.values[i] ?? NaN)));
    if (own.dtype !== 'int64' || own.shape.length > 1 || differing.some(i => times[i] === null)) throw new ExportRefused(`${OTHERWISE}.`);
    const plain = own.values.every((value, i) => i === first || value > 0);
    if (differing.length === 1 && own.shape.length === 1 && plain && isShapeAlone(own.name, nodes))
      return { ...own, values: own.values.with(first, -1) };
    const parts = own.values.map((value, i) => {
      const by = times[i];
      return by === null || by === undefined ? this.list.ints([value]) : this.#timesBatch(by);
    });
    if (own.shape.length === 1) this.list.node('Concat', parts, { axis: 0 }, own.name);
    else this.list.node('Squeeze', [parts[0]!, this.list.ints([0])], {}, own.name);
    return null;
  }

  #timesBatch(times: number): string {
    this.#batch ??= this.list.node('Shape', [this.#input], { start: 0, end: 1 });
    return times === 1 ? this.#batch : this.list.node('Mul', [this.#batch, this.list.ints([times])]);
  }
}

/** Whether a constant is a shape to be given, and nothing else: there one side may be left open. */
function isShapeAlone(name: string, nodes: readonly Field[]): boolean {
  const users = nodes.filter(node => textsOf(node, 1).includes(name));
  return users.length > 0 && users.every(node => textsOf(node, 4)[0] === 'Reshape' && textsOf(node, 1)[1] === name);
}

function textsOf([, fields]: Field, wanted: number): readonly string[] {
  return Array.isArray(fields) ? fields.flatMap(([number, value]) => (number === wanted && typeof value === 'string' ? [value] : [])) : [];
}

const nameOf = (node: Field): string => textsOf(node, 3)[0] ?? 'a node';
