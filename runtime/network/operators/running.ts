/** Along a dimension, what has come together so far, and what was added by each step: cumsum, cumprod, diff. */
import { made } from '../constant.ts';
import { axis, fail, unknown } from '../fault.ts';
import { type OnnxWriter, type Operator, operator } from '../operator.ts';
import { contiguous, dim, sizes, type Tensor } from '../tensor.ts';
import { counted } from './reducing.ts';

const running = (name: 'cumsum' | 'cumprod', fold: (a: number, b: number) => number): Operator =>
  operator(`${name}(Tensor self, int dim, *, dtype? dtype=None, Tensor? out=None)`, {
    names: [`torch.${name}`, `Tensor.${name}`],
    infer({ self, dim: along, dtype }) {
      const at = axis(along, self.shape.length),
        step = contiguous(sizes(self.shape))[at] ?? 1,
        size = self.shape[at]?.size ?? 1,
        type = dtype ?? counted(self.dtype);
      let values: number[] | null = self.values && [...self.values];
      if (values)
        for (let i = 0; i < values.length; i++) if (Math.floor(i / step) % size) values[i] = fold(values[i - step] ?? 0, values[i] ?? 0);
      values = values && made(values.length, type, i => values?.[i] ?? 0);
      return { shape: self.shape, dtype: type, values };
    },
    ...(name === 'cumsum' && {
      onnx: ({ self, dim: along }: { self: Tensor; dim: number }, [out]: readonly Tensor[], to: OnnxWriter): void =>
        void (out && to.node('CumSum', [to.cast(self, out.dtype), to.ints([along])], {}, out)),
    }),
  });

/** What is put before or behind has the type of all, and its sizes but along the dimension. */
function joined(self: Tensor, other: Tensor | null, at: number): number {
  if (!other) return 0;
  if (other.shape.length !== self.shape.length) fail('RuntimeError', 'diff expects prepend or append to be the same dimension as input');
  for (const [i, d] of other.shape.entries())
    if (i !== at && d.size !== self.shape[i]?.size)
      fail(
        'RuntimeError',
        `diff expects the shape of tensor to prepend or append to match that of input except along the differencing dimension; input.size(${i}) = ${self.shape[i]?.size}, but got tensor.size(${i}) = ${d.size}`,
        d,
      );
  if (other.dtype !== self.dtype) unknown('diff of several types');
  return other.shape[at]?.size ?? 0;
}
export const diff = operator('diff(Tensor self, int n=1, int dim=-1, Tensor? prepend=None, Tensor? append=None, *, Tensor? out=None)', {
  names: ['torch.diff', 'Tensor.diff'],
  infer({ self, n, dim: along, prepend, append }) {
    if (!self.shape.length) fail('RuntimeError', 'diff expects input to be at least one-dimensional');
    const at = axis(along, self.shape.length),
      own = self.shape[at];
    if (n < 0) fail('RuntimeError', `order must be non-negative but got ${n}`);
    if (!own) return unknown('diff of this');
    const before = joined(self, prepend, at),
      behind = joined(self, append, at),
      size = Math.max(own.size + before + behind - n, 0);
    let values: readonly number[] | null = null;
    if (self.shape.length === 1 && self.dtype !== 'bool' && [prepend, self, append].every(t => !t || t.values))
      values = [prepend, self, append].flatMap(t => t?.values ?? []);
    for (let i = 0; i < n && values?.length; i++) {
      const from: readonly number[] = values;
      values = made(from.length - 1, self.dtype, k => (from[k + 1] ?? 0) - (from[k] ?? 0));
    }
    return { shape: self.shape.with(at, dim(size, own)), dtype: self.dtype, values };
  },
});

export const RUNNING: readonly Operator[] = [diff, running('cumsum', (a, b) => a + b), running('cumprod', (a, b) => a * b)];
