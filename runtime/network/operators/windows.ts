/** hann_window and its like: `window_length` numbers that a signal is multiplied with. What the numbers are is not followed. */
import { isFloating } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { forms, type Operator } from '../operator.ts';
import { OPTIONS } from './making.ts';

/** `shaped`: by what numbers, which come with `periodic` alone. */
const window = (called: string, shaped: readonly string[] = []): Operator =>
  forms<`hann_window(SymInt window_length, *, ${typeof OPTIONS})`>(
    [
      `${called}(SymInt window_length, *, ${OPTIONS})`,
      `${called}(SymInt window_length, bool periodic, *, ${OPTIONS})`,
      ...shaped.map(numbers => `${called}(SymInt window_length, bool periodic, ${numbers}, *, ${OPTIONS})`),
    ],
    {
      names: [`torch.${called}`],
      infer({ window_length: length, dtype: given }) {
        const dtype = given ?? 'float32';
        if (!isFloating(dtype)) unknown(`${called} of ${dtype}`);
        if (length.size < 0) fail('RuntimeError', `${called} requires non-negative window_length, got window_length=${length.size}`);
        return { shape: [length], dtype, values: null };
      },
    },
  );
export const windows: readonly Operator[] = [
  window('hann_window'),
  window('blackman_window'),
  window('bartlett_window'),
  window('hamming_window', ['float alpha', 'float alpha, float beta']),
  window('kaiser_window', ['float beta']),
];
