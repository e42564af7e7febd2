/**
 * A model that computes with 16 bits where it can: half the weights' bytes, and on GPUs that have units for it several times the speed. Its inputs and outputs
 * stay float32; so does what would overflow, what float16 is too coarse for, and what comes behind the last weights.
 */
import { inMemory } from '../weights/byte-source.ts';
import { halvesOf } from './float16.ts';
import { foldedNormalizations } from './fold-normalization.ts';
import {
  behindTheWork,
  FLOAT_TYPE,
  HALF_TYPE,
  MAKES_ITS_OWN,
  type ModelNode,
  outputType,
  staysFloat,
  type Way,
  wayOf,
} from './half-nodes.ts';
import { type Field, message } from './protobuf.ts';
import { fieldsIn, floatOf, parsedFields } from './protobuf-reader.ts';

/** Why a model cannot be had in half precision: in a sentence. */
export class HalfRefused extends Error {}

/** Fields of ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto, ValueInfoProto. */
const MODEL = { graph: 7 };
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13 };
const NODE = { input: 1, output: 2, name: 3, type: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, float: 2, integer: 3, text: 4, type: 20 };
const TENSOR = { dim: 1, type: 2, name: 8, bytes: 9 };

/** The same model: float32 in and out. Throws `HalfRefused`. */
export function inHalfPrecision(model: Uint8Array): Uint8Array {
  const fields = parsed(model);
  const graph = fields.find(([number]) => number === MODEL.graph)?.[1];
  if (!(graph instanceof Uint8Array)) throw new HalfRefused('It is no ONNX model.');
  const halved = new Halving(parsed(graph)).graph();
  // Parts of one message may stand in any order, so that the rest is not touched.
  return message(fields.map(field => (field[0] === MODEL.graph ? [MODEL.graph, halved] : field)));
}

interface Held {
  readonly fields: readonly Field[];
  readonly bytes: Uint8Array;
}

interface Rewritten extends ModelNode {
  readonly fields: readonly Field[];
}

class Halving {
  readonly #fields: readonly Field[];
  readonly #nodes: readonly Rewritten[];
  /** float32 tensors that the model holds, by name; and what of them is written. */
  readonly #held = new Map<string, Held>();
  readonly #written: Field[] = [];
  /** Values of the network that are float32 or would be: by the model's name for them, the name in either form. */
  readonly #float = new Map<string, string>();
  readonly #half = new Map<string, string>();
  readonly #result: Field[] = [];

  constructor(fields: readonly Field[]) {
    this.#fields = fields;
    this.#nodes = messages(fields, GRAPH.node).map(nodeOf);
    for (const tensor of messages(fields, GRAPH.initializer)) {
      const name = textOf(tensor, TENSOR.name);
      const bytes = tensor.find(([number]) => number === TENSOR.bytes)?.[1];
      const isFloat = tensor.some(([number, value]) => number === TENSOR.type && value === FLOAT_TYPE);
      if (!isFloat) this.#written.push([GRAPH.initializer, tensor]);
      else if (bytes instanceof Uint8Array) this.#held.set(name, { fields: tensor, bytes });
      else throw new HalfRefused(`The numbers of ${name} lie outside of the model.`);
    }
    for (const input of messages(fields, GRAPH.input)) if (isFloatValue(input)) this.#float.set(textOf(input, 1), textOf(input, 1));
  }

  graph(): readonly Field[] {
    const outputs = new Set(messages(this.#fields, GRAPH.output).map(output => textOf(output, 1)));
    const nodes = this.#folded(outputs);
    const constants = this.#constants();
    const behind = behindTheWork(nodes, constants);
    for (const node of nodes) {
      const stays = behind.has(node) || node.outputs.some(name => outputs.has(name));
      this.#node(node, stays ? 'float' : wayOf(node, constants));
    }
    const replaced = [GRAPH.node, GRAPH.initializer, GRAPH.valueInfo];
    return [...this.#result, ...this.#written, ...this.#fields.filter(([number]) => !replaced.includes(number))];
  }

  #constants(): ReadonlyMap<string, Uint8Array> {
    return new Map([...this.#held].map(([name, { bytes }]) => [name, bytes]));
  }

  /** The nodes, with normalizations as parts of the convolutions before them. */
  #folded(outputs: ReadonlySet<string>): readonly Rewritten[] {
    const { folded, gone } = foldedNormalizations(this.#nodes, this.#constants(), outputs);
    return this.#nodes.flatMap((node, at) => {
      const made = folded.get(node);
      if (gone.has(node)) return [];
      if (!made) return [node];
      const [input = '', weight = ''] = node.inputs;
      const names = [`${weight}/folded${at}`, `${weight}/bias${at}`] as const;
      const { fields } = this.#held.get(weight)!;
      this.#held.set(names[0], { fields, bytes: bytesOf(made.weight) });
      this.#held.set(names[1], {
        fields: [
          [TENSOR.dim, made.bias.length],
          [TENSOR.type, FLOAT_TYPE],
          [TENSOR.name, ''],
          [TENSOR.bytes, ''],
        ],
        bytes: bytesOf(made.bias),
      });
      const others = node.fields.filter(([number]) => number !== NODE.output);
      return [{ ...node, inputs: [input, ...names], outputs: [made.output], fields: [...others, [NODE.output, made.output]] }];
    });
  }

  #node(node: Rewritten, way: Way): void {
    const isHalf = way === 'half' || (way === 'as-given' && node.inputs.some(name => this.#cameAsHalf(name)));
    const inputs = node.inputs.map((name, at) => this.#given(name, isHalf && !staysFloat(node, at)));
    for (const [at, name] of node.outputs.entries()) {
      const type = outputType(node, at);
      const isFloat = type === 'float' || (type !== 'other' && this.#isFloat(node.inputs[type] ?? ''));
      if (isFloat) (isHalf ? this.#half : this.#float).set(name, name);
    }
    this.#result.push([
      GRAPH.node,
      [...inputs.map((name): Field => [NODE.input, name]), ...node.fields.filter(([number]) => number !== NODE.input)],
    ]);
  }

  /** It was computed so; what someone else wanted rounded is float32 for the others. */
  #cameAsHalf(name: string): boolean {
    return this.#half.get(name) === name;
  }

  #isFloat(name: string): boolean {
    return this.#held.has(name) || this.#float.has(name) || this.#half.has(name);
  }

  /** A value's name in the form that is wanted, which is made where it is not there. Whatever is no float32 is what it is. */
  #given(name: string, half: boolean): string {
    if (!this.#isFloat(name)) return name;
    const made = half ? this.#half : this.#float;
    const known = made.get(name);
    if (known !== undefined) return known;
    const held = this.#held.get(name);
    const to = half ? `${name}/half` : held ? name : `${name}/float`;
    made.set(name, to);
    if (held) this.#hold(held, to, half);
    else this.#cast(name, to, half ? HALF_TYPE : FLOAT_TYPE);
    return to;
  }

  #hold({ fields, bytes }: Held, name: string, half: boolean): void {
    const changed = (field: Field): Field => {
      if (field[0] === TENSOR.name) return [TENSOR.name, name];
      if (field[0] === TENSOR.bytes) return [TENSOR.bytes, half ? halvesOf(bytes) : bytes];
      return half && field[0] === TENSOR.type ? [TENSOR.type, HALF_TYPE] : field;
    };
    this.#written.push([GRAPH.initializer, fields.map(changed)]);
  }

  #cast(from: string, to: string, type: number): void {
    this.#result.push([
      GRAPH.node,
      [
        [NODE.input, from],
        [NODE.output, to],
        [NODE.name, `${to}/Cast`],
        [NODE.type, 'Cast'],
        [
          NODE.attribute,
          [
            [ATTRIBUTE.name, 'to'],
            [ATTRIBUTE.integer, type],
            [ATTRIBUTE.type, 2],
          ],
        ],
      ],
    ]);
  }
}

function parsed(bytes: Uint8Array): readonly Field[] {
  const fields = parsedFields(bytes);
  if (!fields) throw new HalfRefused('It is no ONNX model.');
  return fields;
}

/** Fields of each message of that number. */
const messages = (fields: readonly Field[], wanted: number): readonly (readonly Field[])[] =>
  fields.flatMap(([number, value]) => (number === wanted && value instanceof Uint8Array ? [parsed(value)] : []));

const texts = (fields: readonly Field[], wanted: number): readonly string[] =>
  fields.flatMap(([number, value]) => (number === wanted && value instanceof Uint8Array ? [decoded(value)] : []));
const textOf = (fields: readonly Field[], wanted: number): string => texts(fields, wanted)[0] ?? '';
const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array => new Uint8Array(buffer, byteOffset, byteLength);
const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function nodeOf(fields: readonly Field[]): Rewritten {
  const type = textOf(fields, NODE.type);
  if (MAKES_ITS_OWN.has(type)) throw new HalfRefused(`It has a node ${type}.`);
  return {
    type,
    inputs: texts(fields, NODE.input),
    outputs: texts(fields, NODE.output),
    fields,
    attribute(name) {
      for (const [number, attribute] of fields) {
        if (number !== NODE.attribute || !(attribute instanceof Uint8Array)) continue;
        const parts = [...fieldsIn(inMemory(attribute))];
        if (!parts.some(part => part.number === ATTRIBUTE.name && decoded(part.bytes()) === name)) continue;
        for (const { number: kind, value, bytes } of parts) {
          if (kind === ATTRIBUTE.integer) return value;
          if (kind === ATTRIBUTE.float) return floatOf(bytes());
          if (kind === ATTRIBUTE.text) return decoded(bytes());
        }
      }
      return undefined;
    },
  };
}

/** ValueInfoProto: its type (2) is a tensor's (1), whose elements are (1) float32. */
function isFloatValue(value: readonly Field[]): boolean {
  const tensor = messages(value, 2).flatMap(type => messages(type, 1));
  return tensor.some(fields => fields.some(([number, type]) => number === 1 && type === FLOAT_TYPE));
}
