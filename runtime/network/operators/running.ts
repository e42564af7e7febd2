/** Along a dimension, what has come together so far: cumsum, cumprod. */
import { made } from '../constant.ts';
import { axis } from '../fault.ts';
import { type OnnxWriter, type Operator, operator } from '../operator.ts';
import { contiguous, sizes, type Tensor } from '../tensor.ts';
import { counted } from './reducing.ts';

const running = (name: 'cumsum' | 'cumprod', fold: (a: number, b: number) => number): Operator =>
  operator(`${name}(Tensor self, int dim, *, dtype? dtype=None, Tensor? out=None)`, {
    names: [`torch.${name}`, `Tensor.${name}`],
    infer({ self, dim, dtype }) {
      const at = axis(dim, self.shape.length),
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
      onnx: ({ self, dim }: { self: Tensor; dim: number }, [out]: readonly Tensor[], to: OnnxWriter): void =>
        void (out && to.node('CumSum', [to.cast(self, out.dtype), to.ints([dim])], {}, out)),
    }),
  });

export const RUNNING: readonly Operator[] = [running('cumsum', (a, b) => a + b), running('cumprod', (a, b) => a * b)];
