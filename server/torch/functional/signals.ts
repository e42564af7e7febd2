/** `stft`, as torch writes it in Python: the signal is padded, then its windows are transformed. */
import { raise } from '../../python/exception.ts';
import { asSize, toArray, truth } from '../../python/operate.ts';
import { List } from '../../python/types/list.ts';
import { invoke, tell } from '../calls.ts';
import { type Given, python } from '../python-signature.ts';
import { method, rank } from './method.ts';

const REST = ['n_fft', 'hop_length', 'win_length', 'window', 'normalized', 'onesided', 'return_complex', 'align_to_window'];

function stft(a: Given) {
  let signal = a('input');
  if (truth(a('center'))) {
    if (a('align_to_window') !== null) throw raise('RuntimeError', 'stft align_to_window should only be set when center = false');
    const dims = rank(signal),
      pad = Math.floor(asSize(a('n_fft')) / 2);
    const extended = new List([...Array.from({ length: Math.max(3 - dims, 0) }, () => 1), ...toArray(method(signal, 'size'))]);
    const padded = invoke('F.pad', [method(signal, 'view', extended), new List([pad, pad]), a('pad_mode')]);
    signal = method(padded, 'view', new List(toArray(method(padded, 'size')).slice(-dims)));
  }
  return invoke('torch._stft', [signal, ...REST.map(name => a(name))]);
}
const LIKE =
  "n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None, align_to_window=None)";

tell({
  'torch.stft': python(`stft(input, ${LIKE}`, stft),
  'Tensor.stft': python(`stft(self, ${LIKE}`, a => stft(name => a(name === 'input' ? 'self' : name))),
});
