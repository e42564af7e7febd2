/** stft and istft: spectra of windows that move over a signal. Signals [batch,] time; spectra [batch,] frequencies, windows. */
import { complexOf, isComplex, isFloating, realOf, tensorTypeName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { operator } from '../operator.ts';
import { type Dim, dim, sizes, type Tensor } from '../tensor.ts';

/** What is left of `stft`, once the signal is padded. */
export const stft = operator(
  'stft(Tensor input, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool normalized=False, bool? onesided=None, bool? return_complex=None, bool? align_to_window=None)',
  {
    names: ['torch._stft'],
    infer(args) {
      const { input, n_fft: size, window, onesided, return_complex } = args,
        { hop, width } = stepsOf(args);
      const complex = isComplex(input.dtype) || (window !== null && isComplex(window.dtype));
      if (return_complex === null && !complex)
        fail(
          'RuntimeError',
          'stft requires the return_complex parameter be given for real inputs, and will further require that return_complex=True in a future PyTorch release.',
        );
      const said = `stft(${shown(input)}, n_fft=${size}, hop_length=${hop}, win_length=${width}, window=${shownWindow(window)}, normalized=${Number(args.normalized)}, onesided=${flag(onesided)}, return_complex=${flag(return_complex)}, align_to_window=${flag(args.align_to_window)}) : expected `;
      if (!isFloating(input.dtype) && !isComplex(input.dtype))
        fail('NotImplementedError', `${said}a tensor of floating point or complex values`);
      if (input.shape.length > 2 || input.shape.length < 1) fail('RuntimeError', `${said}a 1D or 2D tensor`);
      const long = input.shape.at(-1)?.size ?? 0;
      if (size <= 0 || size > long) fail('RuntimeError', `${said}0 < n_fft < ${long}, but got n_fft=${size}`);
      if (hop <= 0) fail('RuntimeError', `${said}hop_length > 0, but got hop_length=${hop}`);
      if (width <= 0 || width > size) fail('RuntimeError', `${said}0 < win_length <= n_fft, but got win_length=${width}`);
      if (window && (window.shape.length !== 1 || window.shape[0]?.size !== width))
        fail(
          'RuntimeError',
          `${said}a 1D window tensor of size equal to win_length=${width}, but got window with size [${sizes(window.shape).join(', ')}]`,
        );
      if (onesided === true && complex) fail('RuntimeError', 'Cannot have onesided output if window or input is complex');
      if (args.align_to_window !== null || /16$/.test(input.dtype)) unknown('stft of this kind');
      const wide = [input.dtype, window?.dtype].some(d => d === 'float64' || d === 'complex128') ? 'float64' : 'float32';
      const frequencies = (onesided ?? !complex) ? Math.floor(size / 2) + 1 : size,
        shape: (Dim | number)[] = [
          ...input.shape.slice(0, -1),
          frequencies,
          dim(1 + Math.floor((long - size) / hop), ...input.shape.slice(-1)),
        ];
      return return_complex === false ? { shape: [...shape, 2], dtype: wide } : { shape, dtype: complexOf(wide) };
    },
  },
);

export const istft = operator(
  'istft(Tensor input, int n_fft, int? hop_length=None, int? win_length=None, Tensor? window=None, bool center=True, bool normalized=False, bool? onesided=None, int? length=None, bool return_complex=False)',
  {
    names: ['torch.istft'],
    infer(args) {
      const { input, n_fft: size, window, onesided, length, center, return_complex } = args,
        { hop, width } = stepsOf(args);
      if (!isComplex(input.dtype))
        fail('TypeError', 'istft requires a complex-valued input tensor matching the output from stft with return_complex=True.');
      if (input.shape.length !== 2 && input.shape.length !== 3) return unknown('istft of this many dimensions');
      const windows = input.shape.at(-1)?.size ?? 0,
        frequencies = input.shape.at(-2)?.size ?? 0,
        half = onesided ?? frequencies !== size;
      // Windows must overlap enough to be undone, which their values tell: half of a window is.
      const fits = size > 0 && width > 0 && width <= size && hop > 0 && hop * 2 <= width && windows > 1 && center;
      if (!fits || frequencies !== (half ? Math.floor(size / 2) + 1 : size) || (half && return_complex)) return unknown('istft of these');
      if (window && (window.shape.length !== 1 || window.shape[0]?.size !== width)) return unknown('istft with such a window');
      const whole = size + hop * (windows - 1) - 2 * Math.floor(size / 2);
      return {
        shape: [...input.shape.slice(0, -2), length ?? dim(whole, ...input.shape.slice(-1))],
        dtype: return_complex ? input.dtype : realOf(input.dtype),
      };
    },
  },
);

interface Steps {
  readonly n_fft: number;
  readonly hop_length: number | null;
  readonly win_length: number | null;
}
const stepsOf = ({ n_fft, hop_length, win_length }: Steps): { readonly hop: number; readonly width: number } => ({
  hop: hop_length ?? Math.floor(n_fft / 4),
  width: win_length ?? n_fft,
});
const flag = (given: boolean | null): string => (given === null ? 'None' : String(Number(given)));
const shown = (t: Tensor): string =>
  isComplex(t.dtype) ? unknown('a complex signal in a message') : `${tensorTypeName(t.dtype)}[${sizes(t.shape).join(', ')}]`;
const shownWindow = (t: Tensor | null): string =>
  t === null
    ? 'None'
    : isComplex(t.dtype)
      ? unknown('a complex window in a message')
      : `${tensorTypeName(t.dtype)}{[${sizes(t.shape).join(', ')}]}`;
