/** Other names for orders of dimensions: t, movedim, swapaxes, flip, rot90, diagonal, unflatten. */
import { walked } from '../constant.ts';
import { axis, fail, unknown } from '../fault.ts';
import { preserved } from '../layout.ts';
import { forms, type OnnxWriter, type Operator, operator } from '../operator.ts';
import { contiguous, type Dim, type Draft, dim as part, sizes, type Tensor } from '../tensor.ts';
import { reordered, swapped, viewStrides } from './reshaping.ts';

const both = (name: string): string[] => [`torch.${name}`, `Tensor.${name}`];
const transposed = (self: Tensor, order: readonly number[], out: Tensor | undefined, to: OnnxWriter): void =>
  void to.node('Transpose', [self], { perm: order }, out);

export const t = operator('t(Tensor self)', {
  names: both('t'),
  view: true,
  infer({ self }) {
    if (self.shape.length > 2) fail('RuntimeError', `t() expects a tensor with <= 2 dimensions, but self is ${self.shape.length}D`);
    return reordered(
      self,
      self.shape.map((_, i) => self.shape.length - 1 - i),
    );
  },
  onnx: ({ self }, [out], to) =>
    transposed(
      self,
      self.shape.map((_, i) => self.shape.length - 1 - i),
      out,
      to,
    ),
});
export const adjoint = operator('adjoint(Tensor self)', {
  names: both('adjoint'),
  view: true,
  infer({ self }) {
    if (self.shape.length < 2 || self.dtype.startsWith('complex')) unknown('adjoint of this');
    return reordered(self, swapped(self.shape.length, -2, -1));
  },
});
export const swapaxes = operator('swapaxes(Tensor self, int axis0, int axis1)', {
  names: both('swapaxes'),
  view: true,
  infer: ({ self, axis0, axis1 }) => reordered(self, swapped(self.shape.length, axis0, axis1)),
  onnx: ({ self, axis0, axis1 }, [out], to) => transposed(self, swapped(self.shape.length, axis0, axis1), out, to),
});
export const swapdims = operator('swapdims(Tensor self, int dim0, int dim1)', {
  names: both('swapdims'),
  view: true,
  infer: ({ self, dim0, dim1 }) => reordered(self, swapped(self.shape.length, dim0, dim1)),
  onnx: ({ self, dim0, dim1 }, [out], to) => transposed(self, swapped(self.shape.length, dim0, dim1), out, to),
});

function moved(self: Tensor, source: readonly number[], destination: readonly number[]): number[] {
  const rank = self.shape.length;
  if (source.length !== destination.length)
    fail(
      'RuntimeError',
      `movedim: Invalid source or destination dims: source (${bracket(source)} dims) should contain the same number of dims as destination (${bracket(destination)} dims)`,
    );
  const from = source.map(d => axis(d, rank)),
    to = destination.map(d => axis(d, rank));
  if (new Set(from).size !== from.length) fail('RuntimeError', `movedim: repeated dim in \`source\` (${bracket(source)})`);
  if (new Set(to).size !== to.length) fail('RuntimeError', `movedim: repeated dim in \`destination\` (${bracket(destination)})`);
  const order: number[] = Array(rank).fill(-1);
  from.forEach((f, i) => {
    order[to[i] ?? 0] = f;
  });
  const rest = Array.from({ length: rank }, (_, i) => i).filter(i => !from.includes(i));
  return order.map(o => (o < 0 ? (rest.shift() ?? 0) : o));
}
const bracket = (values: readonly number[]): string => `[${values.join(', ')}]`;
const movedim = (name: string): Operator =>
  forms<'f(Tensor self, int[] source, int[] destination)'>(
    [`${name}(Tensor self, int source, int destination)`, `${name}(Tensor self, int[] source, int[] destination)`],
    {
      names: both(name),
      view: true,
      infer: ({ self, source, destination }) => reordered(self, moved(self, [source].flat(), [destination].flat())),
      onnx: ({ self, source, destination }, [out], to) => transposed(self, moved(self, [source].flat(), [destination].flat()), out, to),
    },
  );

export const TRANSPOSING: readonly Operator[] = [movedim('movedim'), movedim('moveaxis')];

function flipped(self: Tensor, dims: readonly number[]): Draft {
  const shape = sizes(self.shape),
    steps = contiguous(shape),
    start = dims.reduce((n, d) => n + ((shape[d] ?? 1) - 1) * (steps[d] ?? 0), 0);
  return {
    shape: self.shape,
    dtype: self.dtype,
    strides: preserved(self),
    values:
      self.values &&
      walked(
        shape,
        steps.map((s, d) => (dims.includes(d) ? -s : s)),
        start,
      ).map(p => self.values?.[p] ?? 0),
  };
}
function reversed(self: Tensor, dims: readonly number[], out: Tensor | undefined, to: OnnxWriter): void {
  const all = dims.map(() => 1);
  if (!dims.length) return void to.node('Identity', [self], {}, out);
  to.node(
    'Slice',
    [self, to.ints(all.map(() => -1)), to.ints(all.map(() => -(2 ** 31))), to.ints(dims), to.ints(all.map(() => -1))],
    {},
    out,
  );
}
export const flip = operator('flip(Tensor self, int[] dims)', {
  names: both('flip'),
  infer({ self, dims }) {
    const at = dims.map(d => axis(d, self.shape.length)),
      twice = at.find((d, i) => at.indexOf(d) !== i);
    if (twice !== undefined) fail('RuntimeError', `dim ${twice} appears multiple times in the list of dims`);
    return flipped(self, at);
  },
  onnx: ({ self, dims }, [out], to) =>
    reversed(
      self,
      dims.map(d => axis(d, self.shape.length)),
      out,
      to,
    ),
});
export const fliplr = operator('fliplr(Tensor self)', {
  names: both('fliplr'),
  infer: ({ self }) => (self.shape.length < 2 ? fail('RuntimeError', 'Input must be >= 2-d.') : flipped(self, [1])),
  onnx: ({ self }, [out], to) => reversed(self, [1], out, to),
});
export const flipud = operator('flipud(Tensor self)', {
  names: both('flipud'),
  infer: ({ self }) => (self.shape.length < 1 ? fail('RuntimeError', 'Input must be >= 1-d.') : flipped(self, [0])),
  onnx: ({ self }, [out], to) => reversed(self, [0], out, to),
});

export const unflatten = operator('unflatten(Tensor self, int dim, SymInt[] sizes)', {
  names: both('unflatten'),
  view: true,
  infer({ self, dim, sizes: given }) {
    const at = axis(dim, self.shape.length),
      own = self.shape[at];
    if (!own) return unknown('unflatten of a tensor without dimensions');
    if (!given.length) fail('RuntimeError', 'unflatten: sizes must be non-empty');
    const shape = self.shape.toSpliced(at, 1, ...unflattened(own, given, dim));
    return { shape, dtype: self.dtype, strides: self.strides && viewStrides(self, sizes(shape)), values: self.values };
  },
  onnx: ({ self }, [out], to) => void (out && to.node('Reshape', [self, to.ints(sizes(out.shape))], { allowzero: 1 }, out)),
});
function unflattened(own: Dim, given: readonly Dim[], at: number): Dim[] {
  const open = given.findIndex(d => d.size === -1),
    rest = given.reduce((n, d) => (d.size === -1 ? n : n * d.size), 1);
  if (given.filter(d => d.size === -1).length > 1) fail('RuntimeError', 'only one dimension can be inferred');
  if (given.some(d => d.size < -1) || rest === 0) unknown('unflatten to sizes without elements');
  if (open < 0 ? rest !== own.size : own.size % rest)
    fail(
      'RuntimeError',
      `unflatten: Provided sizes [${sizes(given).join(', ')}] don't multiply up to the size of dim ${at} (${own.size}) in the input tensor`,
      own,
      ...given,
    );
  return given.map(d => (d.size === -1 ? part(own.size / rest, own, ...given.filter(g => g !== d)) : d));
}

export const diagonal = operator('diagonal(Tensor self, int offset=0, int dim1=0, int dim2=1)', {
  names: both('diagonal'),
  view: true,
  infer({ self, offset, dim1, dim2 }) {
    const rank = self.shape.length,
      a = axis(dim1, rank),
      b = axis(dim2, rank),
      x = self.shape[a],
      y = self.shape[b];
    if (a === b) fail('RuntimeError', `diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
    if (!x || !y) return unknown('a diagonal of too few dimensions');
    const n = Math.max(0, offset >= 0 ? Math.min(x.size, y.size - offset) : Math.min(x.size + offset, y.size));
    return { shape: [...self.shape.filter((_, i) => i !== a && i !== b), part(n, x, y)], dtype: self.dtype, strides: null };
  },
});

export const rot90 = operator('rot90(Tensor self, int k=1, int[] dims=[0,1])', {
  names: both('rot90'),
  infer({ self, k, dims }) {
    const rank = self.shape.length,
      given = dims.length === 2 ? dims : fail('RuntimeError', `expected total rotation dims == 2, but got dims = ${dims.length}`);
    if (rank < 2) fail('RuntimeError', `expected total dims >= 2, but got total dims = ${rank}`);
    const [a = 0, b = 1] = given;
    if (a === b || Math.abs(a - b) === rank)
      fail('RuntimeError', `expected rotation dims to be different, but got dim0 = ${a} and dim1 = ${b}`);
    if (a >= rank || a < -rank) fail('RuntimeError', `Rotation dim0 out of range, dim0 = ${a}`);
    if (b >= rank || b < -rank) fail('RuntimeError', `Rotation dim1 out of range, dim1 = ${b}`);
    return { shape: k % 2 ? swapped(rank, a, b).map(d => self.shape[d] ?? part(1)) : self.shape, dtype: self.dtype };
  },
});
