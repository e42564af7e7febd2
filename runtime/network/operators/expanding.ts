/** expand, repeat, tile, and their kin: the same values, more often. */
import { stretched } from '../constant.ts';
import { tensorTypeName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { type OnnxWriter, operator } from '../operator.ts';
import { contiguous, count, type Dim, type Draft, dim, FOLDED, sizes, type Tensor, written } from '../tensor.ts';

/** Stretches a shape; `-1` keeps a size. */
export function expanded(self: Tensor, size: readonly Dim[]): Draft {
  const own = self.shape,
    extra = size.length - own.length;
  if (extra < 0)
    fail(
      'RuntimeError',
      `expand(${tensorTypeName(self.dtype)}{${written(own)}}, size=${written(size)}): the number of sizes provided (${size.length}) must be greater or equal to the number of dimensions in the tensor (${own.length})`,
    );
  const mistake = `Target sizes: ${written(size)}.  Tensor sizes: ${written(own)}`,
    shape = [...size];
  for (let i = size.length - 1; i >= 0; i--) {
    const d = size[i] ?? dim(1),
      mine = own[i - extra];
    if (!mine) {
      if (d.size < 0 && size.some(s => s.size === 0)) unknown('expanding to a negative size');
      if (d.size < 0)
        fail('RuntimeError', `The expanded size of the tensor (${d.size}) isn't allowed in a leading, non-existing dimension ${i}`);
      continue;
    }
    if (d.size === -1) {
      shape[i] = mine;
      continue;
    }
    if (mine.size !== 1 && mine.size !== d.size)
      fail(
        'RuntimeError',
        `The expanded size of the tensor (${d.size}) must match the existing size (${mine.size}) at non-singleton dimension ${i}.  ${mistake}`,
        d,
        mine,
      );
    shape[i] = mine.size === d.size ? dim(d.size, d, mine) : d;
    if (d.size < 0) unknown('expanding to a negative size');
  }
  const to = sizes(shape),
    fits = self.values && count(shape) <= FOLDED;
  const strides =
    self.strides &&
    shape.map((d, i) => {
      const mine = own[i - extra];
      return mine && mine.size === d.size ? (self.strides?.[i - extra] ?? 0) : 0;
    });
  if (shape.some(d => d.size < 0)) unknown('expanding to a negative size');
  return { shape, dtype: self.dtype, strides, values: fits && self.values ? stretched(self.values, sizes(own), to) : null };
}
const onnx = ({ self }: { self: Tensor }, [out]: readonly Tensor[], to: OnnxWriter): void =>
  void (out && to.node('Expand', [self, to.ints(sizes(out.shape))], {}, out));

export const expand = operator('expand(Tensor self, SymInt[] size, *, bool implicit=False)', {
  names: ['Tensor.expand'],
  view: true,
  infer: ({ self, size }) => expanded(self, size),
  onnx,
});
export const expandAs = operator('expand_as(Tensor self, Tensor other)', {
  names: ['Tensor.expand_as'],
  view: true,
  infer: ({ self, other }) => expanded(self, other.shape),
  onnx,
});
export const broadcastTo = operator('broadcast_to(Tensor self, SymInt[] size)', {
  names: ['torch.broadcast_to', 'Tensor.broadcast_to'],
  view: true,
  infer: ({ self, size }) => expanded(self, size),
  onnx,
});

function repeated(self: Tensor, repeats: readonly Dim[]): Draft {
  const extra = repeats.length - self.shape.length;
  const wanted = repeats.map((r, i) => r.size * (self.shape[i - extra]?.size ?? 1)),
    negative = wanted.find(n => n < 0);
  if (negative !== undefined) fail('RuntimeError', `Trying to create tensor with negative dimension ${negative}: ${written(wanted)}`);
  const shape = repeats.map((r, i) => {
    const own = self.shape[i - extra];
    return own ? (r.size === 1 ? own : dim(own.size * r.size, own, r)) : r;
  });
  const steps = contiguous(sizes(self.shape));
  let values: readonly number[] | null = null;
  if (self.values && count(shape) <= FOLDED) {
    let places = [0];
    repeats.forEach((r, i) => {
      const own = self.shape[i - extra]?.size ?? 1,
        step = steps[i - extra] ?? 0;
      places = places.flatMap(p => Array.from({ length: Math.max(0, r.size * own) }, (_, k) => p + (k % own) * step));
    });
    values = places.map(p => self.values?.[p] ?? 0);
  }
  return { shape, dtype: self.dtype, values };
}
const tiles = (self: Tensor, repeats: readonly Dim[], out: Tensor | undefined, to: OnnxWriter): void => {
  const missing = repeats.length - self.shape.length,
    x =
      missing > 0 ? to.node('Reshape', [self, to.ints([...Array<number>(missing).fill(1), ...sizes(self.shape)])], { allowzero: 1 }) : self;
  to.node('Tile', [x, to.ints(sizes(repeats))], {}, out);
};

export const repeat = operator('repeat(Tensor self, SymInt[] repeats)', {
  names: ['Tensor.repeat'],
  infer({ self, repeats }) {
    if (repeats.length < self.shape.length)
      fail('RuntimeError', 'Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor');
    return repeated(self, repeats);
  },
  onnx: ({ self, repeats }, [out], to) => tiles(self, repeats, out, to),
});

const padded = (self: Tensor, dims: readonly Dim[]): readonly Dim[] => [
  ...Array.from({ length: Math.max(0, self.shape.length - dims.length) }, () => dim(1)),
  ...dims,
];
export const tile = operator('tile(Tensor self, SymInt[] dims)', {
  names: ['torch.tile', 'Tensor.tile'],
  infer: ({ self, dims }) => repeated(self, padded(self, dims)),
  onnx: ({ self, dims }, [out], to) => tiles(self, padded(self, dims), out, to),
});
