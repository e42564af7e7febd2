import type { TorchRecord } from './torch-record.ts';
import type { Verdict } from './torch-replay.ts';

export interface Replayed {
  readonly record: TorchRecord;
  readonly verdict: Verdict;
}

/** In the order of the page; the first that fits has it. */
const FAMILIES: readonly (readonly [family: string, names: RegExp])[] = [
  ['convolutions', /^nn\.(Conv|LazyConv|Fold|Unfold)|^F\.(conv|fold|unfold)/],
  ['pooling and resizing', /^(nn|F)\.\w*([pP]ool|[uU]psampl|[iI]nterpolate|[pP]ixel|grid_sample|affine_grid)/],
  ['normalization', /^nn\.\w*Norm|^F\.\w*norm/],
  ['padding', /^nn\.\w*Pad|^(F|torch\.nn\.functional)\.pad/],
  ['losses', /^(nn\.\w*Loss|F\.\w*(loss|entropy|kl_div))/],
  ['recurrent layers and attention', /^nn\.(LSTM|GRU|RNN|Transformer|Multihead)|^F\.(scaled_dot|multi_head)/],
  ['containers, parameters, modules', /^nn\.(Sequential|Module|Parameter|Identity|Flatten|Unflatten|init)/],
  ['other layers', /^nn\./],
  ['other functions of torch.nn', /^F\./],
  ['methods of a tensor', /^Tensor\./],
  ["Python's operators and builtins", /^(operator|builtins|math)\./],
  ['torch.fft, torch.linalg', /^torch\.(fft|linalg)\./],
  ['other functions of torch', /^/],
];
const VERDICTS: readonly Verdict[] = ['equal', 'other words', 'unknown', 'wrong'];

const count = (calls: readonly Replayed[], verdict: Verdict): number => calls.filter(c => c.verdict === verdict).length;
const row = (what: string, calls: readonly Replayed[]): string =>
  `| ${[what, calls.length, ...VERDICTS.map(verdict => count(calls, verdict))].join(' | ')} |`;

const nameOf = ({ record }: Replayed): string => record.id.replace(/\/\d+$/, '');

/** `docs/operators.md`: what became of every recorded call. */
export function operatorsPage(chosen: readonly Replayed[], random: readonly Replayed[]): string {
  const familyOf = (call: Replayed): string => FAMILIES.find(([, names]) => names.test(nameOf(call)))?.[0] ?? '';
  const all = [...chosen, ...random];
  const unanswered = new Map<string, number>();
  for (const call of all.filter(c => c.verdict === 'unknown')) unanswered.set(nameOf(call), (unanswered.get(nameOf(call)) ?? 0) + 1);
  const unknown = [...unanswered].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return [
    '# Operators: how near to PyTorch',
    '',
    'Written by `npx vitest run tests/parity/operators.test.ts -u`, which makes every call that torch 2.14.1 has answered (on a CPU) again, through the small Python. *Equal*: the same type, shapes and',
    'numbers where they are known, or the same error in the same words. *Other words*: an error of the same type that is told differently. *Unknown*: nothing is claimed, and nothing is said to the user.',
    '*Wrong* must be 0. `docs/extending.md` tells how an operator is added.',
    '',
    `| family | calls | ${VERDICTS.join(' | ')} |`,
    '|---|---|---|---|---|---|',
    ...FAMILIES.map(([family]) =>
      row(
        family,
        all.filter(c => familyOf(c) === family),
      ),
    ),
    row('all that were chosen by hand', chosen),
    row('all that were varied at random', random),
    '',
    '## What is unknown',
    '',
    'Calls of each name that go unanswered, most of them first: numbers that hang on what a tensor holds, and what nobody has told yet.',
    '',
    unknown.map(([name, n]) => `\`${name}\` ${n}`).join(', '),
    '',
  ].join('\n');
}
