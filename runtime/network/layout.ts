/** How what torch makes anew lies in memory: as its operands do. ATen's `TensorIterator` and `suggest_memory_format`, of PyTorch 2. */
import { contiguous, type Dim, sizes, type Tensor } from './tensor.ts';

type Strides = readonly number[];

export function isContiguous({ shape, strides }: Tensor): boolean {
  if (!strides) return false;
  for (let i = shape.length - 1, step = 1; i >= 0; i--) {
    const size = shape[i]?.size ?? 1;
    if (size !== 1 && strides[i] !== step) return false;
    step *= size;
  }
  return true;
}

/** Of a function element by element: operands are stretched to `shape`. Null where the layout of one is not followed. */
export function iterated(shape: readonly number[], operands: readonly Tensor[]): Strides | null {
  if (operands.every(isContiguous)) return contiguous(shape);
  const known: { readonly shape: readonly number[]; readonly strides: Strides }[] = [];
  for (const { shape: own, strides } of operands) {
    if (!strides) return null;
    known.push({ shape: sizes(own), strides });
  }
  const [first] = known;
  if (!first) return contiguous(shape);
  if (known.every(o => o.shape.length === shape.length && o.shape.every((size, i) => size === shape[i]))) {
    if (known.every(o => isDense(o.shape, o.strides) && o.strides.every((step, i) => step === first.strides[i]))) return first.strides;
  }
  return ordered(
    shape,
    known.map(o => stretched(o.shape, o.strides, shape)),
  );
}

/** `preserve_format`: of a copy, and of what is made like another. */
export const preserved = (x: Tensor): Strides | null => (isContiguous(x) ? x.strides : iterated(sizes(x.shape), [x]));

/** Of a picture made from others by what goes over pixels, such as a convolution: channels last where they are in all of them. */
export function following(shape: readonly (Dim | number)[], ...from: readonly Tensor[]): Strides | null {
  const to = shape.map(d => (typeof d === 'number' ? d : d.size)),
    order = LAST[to.length];
  let isLast = order !== undefined;
  for (const x of from) {
    if (!x.strides) return null;
    isLast &&= x.shape.length === to.length && order !== undefined && isInOrder(sizes(x.shape), x.strides, order);
  }
  return isLast && order ? inOrder(to, order) : contiguous(to);
}
/** Dimensions by their steps, the smallest first, where channels come last: of pictures and of volumes. */
const LAST: Readonly<Record<number, readonly number[]>> = { 4: [1, 3, 2, 0], 5: [1, 4, 3, 2, 0] };

/** `is_channels_last_strides_2d` and `_3d`. */
function isInOrder(shape: readonly number[], strides: Strides, order: readonly number[]): boolean {
  if (strides[1] === 0) return false;
  let least = 0;
  for (const d of order) {
    const [size = 0, step = 0] = [shape[d], strides[d]];
    if (size === 0 || step < least || (d === 0 && least === strides[1])) return false;
    least = step * Math.max(size, 1);
  }
  return true;
}

function inOrder(shape: readonly number[], order: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  let step = 1;
  for (const d of order) {
    strides[d] = step;
    step *= Math.max(shape[d] ?? 1, 1);
  }
  return strides;
}

function isDense(shape: readonly number[], strides: Strides): boolean {
  const order = shape
    .map((_, d) => d)
    .filter(d => (shape[d] ?? 0) > 1)
    .sort((a, b) => (strides[a] ?? 0) - (strides[b] ?? 0));
  let step = 1;
  for (const d of order) {
    if (strides[d] !== step) return false;
    step *= shape[d] ?? 1;
  }
  return true;
}

/** Where a size is stretched, or is not there, the step is 0. */
function stretched(own: readonly number[], strides: Strides, to: readonly number[]): Strides {
  const added = to.length - own.length;
  return to.map((size, i) => (i < added || (own[i - added] === 1 && size !== 1) ? 0 : (strides[i - added] ?? 0)));
}

/** `reorder_dimensions`: by the first operand that tells two dimensions apart; what none tells stays as it is. */
function ordered(shape: readonly number[], operands: readonly Strides[]): number[] {
  const comes = (a: number, b: number): number => {
    for (const strides of operands) {
      const [x = 0, y = 0] = [strides[a], strides[b]];
      if (x === 0 || y === 0) continue;
      if (x !== y) return x - y;
      if ((shape[a] ?? 0) > (shape[b] ?? 0)) return 1;
    }
    return 0;
  };
  const order = shape.map((_, i) => shape.length - 1 - i);
  for (let i = 1; i < order.length; i++)
    for (let at = i, before = i - 1; before >= 0; before--) {
      const [a = 0, b = 0] = [order[before], order[at]],
        apart = comes(a, b);
      if (apart < 0) break;
      if (apart === 0) continue;
      [order[before], order[at]] = [b, a];
      at = before;
    }
  return inOrder(shape, order);
}
