/**
 * A tensor as Python has it: an object that is bound to a tensor of the graph. What is written into it in place binds it to another one. Views share memory: a view
 * is made again when what it shows was written into, and what is written into a view is carried to what it shows. Where we do not know how, the values and the
 * origin of the other side are forgotten: shapes go on being right, and nothing can be exported that needs it.
 */
import '../python/builtins/index.ts'; // the small Python's types need each other: this is the door that opens them in order
import { isIntegral } from '../../runtime/network/dtype.ts';
import type { Operator } from '../../runtime/network/operator.ts';
import type { Bound } from '../../runtime/network/schema.ts';
import { count, tensor as leaf, type Tensor } from '../../runtime/network/tensor.ts';
import { Stop } from '../python/stop.ts';
import { nativeType, type Type } from '../python/type.ts';
import { Obj, type Value } from '../python/value.ts';
import { context } from './context.ts';
import { carriedBack } from './views.ts';

/** How a view is made from what it shows. `seen`: the version of that when it was made. */
export interface View {
  readonly parent: TensorObject;
  readonly operator: Operator;
  readonly args: Bound;
  readonly at: number;
  /** The form that it had then: of another, nothing is known of what this shows. */
  readonly form: number;
  seen: number;
}

const STRETCHES = new Set(['Tensor.expand', 'Tensor.expand_as', 'Tensor.broadcast_to']);

export class TensorObject extends Obj {
  requiresGrad = false;
  isLeaf = true;
  grad: Value = null;
  /** Of a state of one element: what it was made with. A program that asks whether it is zero is told that, as PyTorch tells it before training. */
  initial: number | null = null;
  /** A parameter or buffer whose sizes are not known before the first input comes. */
  uninitialized = false;
  #tensor: Tensor;
  #version = 0;
  #form = 0;
  #view: View | null = null;
  constructor(tensor: Tensor, type: Type = TENSOR) {
    super(type);
    this.#tensor = tensor;
  }

  get tensor(): Tensor {
    if (this.#view) this.#refresh(this.#view);
    if (this.uninitialized) throw new UsedUninitialized(this);
    return this.#tensor;
  }
  /** What it holds before it is initialized: no elements, of the type that it will have. */
  get held(): Tensor {
    return this.uninitialized ? this.#tensor : this.tensor;
  }
  /** From now on it is an ordinary tensor of this class. */
  materialize(tensor: Tensor, type: Type): void {
    this.rebind(tensor);
    this.uninitialized = false;
    this.type = type;
  }

  protected override memento(): () => void {
    const back = super.memento(),
      held = [this.#tensor, this.#version, this.#form, this.#view, this.initial, this.requiresGrad, this.grad, this.uninitialized] as const;
    return () => {
      back();
      [this.#tensor, this.#version, this.#form, this.#view, this.initial, this.requiresGrad, this.grad, this.uninitialized] = held;
    };
  }

  /** `x.data = y`: the object alone, not the memory. */
  rebind(tensor: Tensor): void {
    this.touch();
    this.#tensor = tensor;
    this.#view = null;
    this.#version++;
  }

  /** Says what this shows. */
  shows(parent: TensorObject, operator: Operator, args: Bound, at: number): this {
    this.#view = { parent, operator, args, at, form: parent.#form, seen: parent.#version };
    return this;
  }

  /** Takes another form in place: `x.unsqueeze_(0)`. From now on it shows what it was, in the same memory. */
  reform(result: Tensor, operator: Operator, args: Bound): void {
    this.touch();
    const before = new TensorObject(this.tensor, this.type);
    before.#view = this.#view;
    before.#version = this.#version;
    this.#tensor = result;
    this.#form++;
    this.shows(before, operator, args, 0);
  }

  /** Several of its elements are one place in memory: `expand` made it, and nothing copied it since. */
  get overlaps(): boolean {
    const { shape, strides } = this.tensor;
    if (!strides?.some((step, i) => step === 0 && (shape[i]?.size ?? 0) > 1) || count(shape) === 0) return false;
    for (let view = this.#view; view; view = view.parent.#view) if (view.operator.names.some(n => STRETCHES.has(n))) return true;
    return false;
  }

  /** Writes into its memory. */
  write(result: Tensor): void {
    this.touch();
    this.#tensor = result;
    this.#version++;
    const view = this.#view;
    if (!view) return;
    const { parent } = view;
    const now = parent.tensor;
    parent.write((parent.#form === view.form && carriedBack(view, now, result)) || forgotten(now));
    view.seen = parent.#version;
  }

  #refresh(view: View): void {
    const { parent, operator, args, at } = view,
      base = parent.tensor;
    if (parent.#version === view.seen) return;
    const own = Object.keys(args).find(k => k === 'self' || k === 'input' || k === 'tensor') ?? 'self';
    const outcome =
      parent.#form !== view.form || (this.#tensor.strides === null && operator.names.includes('Tensor.reshape'))
        ? null
        : context.graph.apply(operator, { ...args, [own]: base });
    this.#tensor = (outcome?.kind === 'results' && outcome.tensors[at]) || forgotten(this.#tensor);
    this.#version++;
    view.seen = parent.#version;
  }
}

/** What asked for the sizes of one that has none yet: whoever knows how torch calls that says so in its words (`fault.ts`), else nobody knows what comes of it. */
export class UsedUninitialized extends Stop {
  readonly object: TensorObject;
  constructor(object: TensorObject) {
    super({ kind: 'unknown', what: 'a parameter that is not initialized' });
    this.object = object;
  }
}

/** The same shape, of values that we do not follow. */
const forgotten = (t: Tensor): Tensor => leaf({ shape: t.shape, dtype: t.dtype, strides: t.strides });

export const TENSOR: Type = nativeType<TensorObject>('Tensor', { hash: self => self }, { module: 'torch' });

/**
 * The tensor under its name in the state dict. What training makes of it is not known, so its values are forgotten; whole numbers are no weights but tables that the
 * program computed (Swin's positions), which stay.
 */
export function nameState(object: TensorObject, name: string): void {
  const { graph } = context,
    known = graph.nameOf(object.tensor);
  if (known === null) {
    const { values } = object.tensor;
    if (values?.length === 1) object.initial = values[0] ?? null;
    if (!values || values.length === 1 || !isIntegral(object.tensor.dtype)) object.rebind(forgotten(object.tensor));
  }
  graph.name(object.tensor, name);
}
