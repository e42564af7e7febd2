/** Nodes that are put behind a model's own, by names: what they are made of is values, not a graph's tensors. */
import type { OnnxAttributes } from '../network/operator.ts';
import type { Field } from './protobuf.ts';
import { attributeField, type OnnxConstant } from './writer.ts';

export class NodeList {
  readonly nodes: Field[] = [];
  readonly constants: OnnxConstant[] = [];
  readonly #prefix: string;
  readonly #kept = new Map<string, string>();
  #count = 0;
  /** `prefix`: of all names, so that none is one of the model's own. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** The name of the node's one output. */
  node(type: string, inputs: readonly string[], attributes: OnnxAttributes = {}, output = this.#name()): string {
    this.#push(type, inputs, [output], attributes);
    return output;
  }

  /** Indices of the best so many along the last axis, best first; `largest` 0: of the least. */
  topK(value: string, count: string, largest: 0 | 1): string {
    const [values, indices] = [this.#name(), this.#name()];
    this.#push('TopK', [value, count], [values, indices], { axis: -1, largest, sorted: 1 });
    return indices;
  }

  /** The best so many themselves. */
  top(value: string, count: number): string {
    const [values, indices] = [this.#name(), this.#name()];
    this.#push('TopK', [value, this.ints([count])], [values, indices], { axis: -1, largest: 1, sorted: 1 });
    return values;
  }

  /** How many rows: [1]. */
  count(value: string): string {
    return this.node('Shape', [value], { start: 0, end: 1 });
  }

  ints(values: readonly number[]): string {
    return this.#constant(values, [values.length], 'int64');
  }
  int(value: number): string {
    return this.#constant([value], [], 'int64');
  }
  floats(values: readonly number[], shape: readonly number[]): string {
    return this.#constant(values, shape, 'float32');
  }
  float(value: number): string {
    return this.#constant([value], [], 'float32');
  }

  #constant(values: readonly number[], shape: readonly number[], dtype: 'int64' | 'float32'): string {
    const key = `${dtype} ${shape.join()} ${values.join()}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const name = this.#name();
    this.constants.push({ name, shape, values, dtype });
    this.#kept.set(key, name);
    return name;
  }

  #name(): string {
    return `${this.#prefix}_${this.#count++}`;
  }

  #push(type: string, inputs: readonly string[], outputs: readonly string[], attributes: OnnxAttributes): void {
    this.nodes.push([
      1,
      [
        ...inputs.map((i): Field => [1, i]),
        ...outputs.map((o): Field => [2, o]),
        [3, `${this.#prefix}/${type}_${this.nodes.length}`],
        [4, type],
        ...Object.entries(attributes).map(attributeField),
      ],
    ]);
  }
}
