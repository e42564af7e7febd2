/** Nodes and constants of one model as operators write them; names of values. */
import type { DType } from '../network/dtype.ts';
import { unknown } from '../network/fault.ts';
import type { Graph } from '../network/graph.ts';
import type { OnnxAttributes, OnnxInput, OnnxValue, OnnxWriter } from '../network/operator.ts';
import { sizes, type Tensor } from '../network/tensor.ts';
import type { Field } from './protobuf.ts';
import { dataType, hasBytes, rawBytes } from './types.ts';

/** A tensor of numbers that the model holds beside its weights. */
export interface OnnxConstant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype: DType;
}

export const constantField = ({ name, shape, values, dtype }: OnnxConstant): Field => [
  5,
  [...shape.map((n): Field => [1, n]), [2, dataType(dtype)], [8, name], [9, rawBytes(values, dtype) ?? unknown(`ONNX has no ${dtype}`)]],
];

export class OnnxGraphWriter implements OnnxWriter {
  readonly nodes: Field[] = [];
  readonly constants: OnnxConstant[] = [];
  /** Parameters and buffers that something uses, by their state-dict names. */
  readonly states = new Map<string, Tensor>();
  readonly used = new Set<Tensor>();
  /** Module whose nodes are written. */
  path = '';
  readonly #graph: Graph;
  readonly #opset: number;
  /** Equal constants are written once. */
  readonly #shared: boolean;
  readonly #names: Map<Tensor, string>;
  readonly #kept = new Map<string, OnnxValue>();
  #count = 0;

  constructor(graph: Graph, inputs: ReadonlyMap<string, Tensor>, { opset, shared }: { readonly opset: number; readonly shared: boolean }) {
    this.#graph = graph;
    this.#opset = opset;
    this.#shared = shared;
    this.#names = new Map([...inputs].map(([name, t]) => [t, name]));
  }

  node(type: string, inputs: readonly OnnxInput[], attributes: OnnxAttributes = {}, output?: Tensor): OnnxValue {
    const name = output ? this.#nameFor(output) : `v${this.#count++}`;
    this.raw(
      type,
      inputs.map(i => this.#input(i)),
      [name],
      attributes,
    );
    return { kind: 'value', name };
  }

  several(type: string, inputs: readonly OnnxInput[], attributes: OnnxAttributes, outputs: readonly (Tensor | undefined)[]): void {
    this.raw(
      type,
      inputs.map(i => this.#input(i)),
      outputs.map(o => (o ? this.#nameFor(o) : '')),
      attributes,
    );
  }

  unbatched(input: Tensor, output: Tensor, run: (batched: OnnxInput, output?: Tensor) => OnnxValue): void {
    this.node('Squeeze', [run(this.node('Unsqueeze', [input, this.ints([0])])), this.ints([0])], {}, output);
  }

  raw(type: string, inputs: readonly string[], outputs: readonly string[], attributes: OnnxAttributes = {}): void {
    const { axes, ...others } = attributes;
    // Since 18 what is reduced comes as an input.
    if (this.#opset >= 18 && /^Reduce/.test(type) && Array.isArray(axes)) {
      this.raw(type, [...inputs, this.ints(axes).name], outputs, others);
      return;
    }
    const name = `${this.path}/${type}_${this.nodes.length}`;
    this.nodes.push([
      1,
      [
        ...inputs.map((i): Field => [1, i]),
        ...outputs.map((o): Field => [2, o]),
        [3, name],
        [4, type],
        ...Object.entries(attributes).map(attributeField),
      ],
    ]);
  }

  ints(values: readonly number[]): OnnxValue {
    return this.#constant([values.length], values, 'int64');
  }
  floats(values: readonly number[]): OnnxValue {
    return this.#constant([values.length], values, 'float32');
  }
  number(value: number, like: Tensor): OnnxValue {
    return this.#constant([], [value], like.dtype);
  }

  cast(value: Tensor, to: DType): Tensor | OnnxValue {
    return value.dtype === to ? value : this.node('Cast', [value], { to: dataType(to) });
  }

  /** The name of a value that exists: computed, a state, an input, or a constant that is written now. */
  nameOf(t: Tensor): string {
    const known = this.#names.get(t);
    if (known !== undefined) {
      this.used.add(t);
      return known;
    }
    const state = this.#graph.nameOf(t);
    if (state !== null) {
      this.states.set(state, t);
      this.#names.set(t, state);
      return state;
    }
    if (!t.values) return unknown('The network uses a tensor whose values nothing in it computes.');
    const { name } = this.#constant(sizes(t.shape), t.values, t.dtype);
    this.#names.set(t, name);
    return name;
  }

  #input(i: OnnxInput): string {
    return i === null ? '' : i.kind === 'value' ? i.name : this.nameOf(i);
  }

  #nameFor(t: Tensor): string {
    dataType(t.dtype);
    const name = `t${this.#count++}`;
    this.#names.set(t, name);
    return name;
  }

  /** Written once, however often it is used, where constants are shared. */
  #constant(shape: readonly number[], values: readonly number[], dtype: DType): OnnxValue {
    const key = `${dtype} ${shape.join()} ${values.length > 64 ? `#${this.#count}` : values.join()}`;
    const kept = this.#shared ? this.#kept.get(key) : undefined;
    if (kept) return kept;
    let made: OnnxValue;
    if (hasBytes(dtype)) {
      made = { kind: 'value', name: `c${this.#count++}` };
      this.constants.push({ name: made.name, shape, values, dtype });
    } else made = this.node('Cast', [this.#constant(shape, values, 'float32')], { to: dataType(dtype) });
    this.#kept.set(key, made);
    return made;
  }
}

/** AttributeProto: INT 2, STRING 3, FLOAT 1, INTS 7. */
export function attributeField([name, value]: [string, OnnxAttributes[string]]): Field {
  if (typeof value === 'number')
    return [
      5,
      [
        [1, name],
        [3, value],
        [20, 2],
      ],
    ];
  if (typeof value === 'string')
    return [
      5,
      [
        [1, name],
        [4, value],
        [20, 3],
      ],
    ];
  return 'float' in value
    ? [
        5,
        [
          [1, name],
          [2, value],
          [20, 1],
        ],
      ]
    : [5, [[1, name], ...value.map((v): Field => [8, v]), [20, 7]]];
}
