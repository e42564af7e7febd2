/** `torch.nn.functional`: what looks at a neighbourhood or a distance and is written in Python over other operators. */
import { count } from '../../../runtime/network/tensor.ts';
import { raise } from '../../python/exception.ts';
import { asSize, binary, getItem, repr, toArray, truth } from '../../python/operate.ts';
import { unknown } from '../../python/stop.ts';
import { Float } from '../../python/types/float.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';
import { type Call, invoke, tell } from '../calls.ts';
import { type Given, python } from '../python-signature.ts';
import { isSequence, isTensor, numberOf } from '../values.ts';
import { method, rank } from './method.ts';

const times = (v: Value, n: number): Value => (isSequence(v) ? v : new Tuple(Array.from({ length: n }, () => v)));

/** A power average: an average pool between two powers. */
const powerPool = (n: 1 | 2 | 3): [string, Call] => [
  `F.lp_pool${n}d`,
  python(`lp_pool${n}d(input, norm_type, kernel_size, stride=None, ceil_mode=False)`, a => {
    const kernel = a('kernel_size'),
      sides = n === 1 ? [kernel] : toArray(times(kernel, n)),
      norm = numberOf(a('norm_type'));
    if (n > 1 && sides.length !== n) {
      const few = sides.length < n;
      throw raise('ValueError', `${few ? 'not enough' : 'too many'} values to unpack (expected ${n}${few ? `, got ${sides.length}` : ''})`);
    }
    if (norm === 0) throw raise('ValueError', `norm_type must be a non-zero value, but got ${repr(a('norm_type'))}`);
    if (norm === Infinity || norm === -Infinity) return unknown('lp_pool by the largest');
    const powered = method(a('input'), 'pow', a('norm_type')),
      out =
        a('stride') === null
          ? invoke(
              `F.avg_pool${n}d`,
              [powered, kernel],
              new Map<string, Value>([
                ['padding', 0],
                ['ceil_mode', a('ceil_mode')],
              ]),
            )
          : invoke(`F.avg_pool${n}d`, [powered, kernel, a('stride'), 0, a('ceil_mode')]);
    const positive = invoke('torch.mul', [invoke('torch.sign', [out]), invoke('torch.relu', [invoke('torch.abs', [out])])]);
    const whole = sides.reduce<Value>((x, y) => (x === null ? y : binary('*', x, y)), null);
    return method(method(positive, 'mul', whole), 'pow', binary('/', new Float(1), a('norm_type')));
  }),
];

function localResponseNorm(a: Given): Value {
  const input = a('input'),
    dims = rank(input);
  if (dims < 3) throw raise('ValueError', `Expected 3D or higher dimensionality                          input (got ${dims} dimensions)`);
  if (isTensor(input) && count(input.tensor.shape) === 0) return input;
  const size = a('size'),
    before = binary('//', size, 2),
    after = binary('//', binary('-', size, 1), 2),
    squares = method(input, 'mul', input),
    once = new Map<string, Value>([['stride', 1]]);
  let div: Value;
  if (dims === 3) {
    const wide = invoke('F.pad', [method(squares, 'unsqueeze', 1), new Tuple([0, 0, before, after])]);
    div = method(invoke('F.avg_pool2d', [wide, new Tuple([size, 1])], once), 'squeeze', 1);
  } else {
    const sizes = method(input, 'size'),
      flat = method(squares, 'view', getItem(sizes, 0), 1, getItem(sizes, 1), getItem(sizes, 2), -1);
    const wide = invoke('F.pad', [flat, new Tuple([0, 0, 0, 0, before, after])]);
    div = method(method(invoke('F.avg_pool3d', [wide, new Tuple([size, 1, 1])], once), 'squeeze', 1), 'view', sizes);
  }
  div = method(method(method(div, 'mul', a('alpha')), 'add', a('k')), 'pow', a('beta'));
  return binary('/', input, div);
}

/** Where each of the largest came from: the rest is zero. */
const unpool = (n: 1 | 2 | 3): [string, Call] => [
  `F.max_unpool${n}d`,
  python(`max_unpool${n}d(input, indices, kernel_size, stride=None, padding=0, output_size=None)`, a => {
    const kernel = toArray(times(a('kernel_size'), n)),
      stride = a('stride') === null ? kernel : toArray(times(a('stride'), n)),
      padding = toArray(times(a('padding'), n)),
      own = toArray(method(a('input'), 'size'));
    const usual = kernel.map((k, d) => {
      const size = own[own.length - n + d];
      if (size === undefined) return unknown('an unpool of too few dimensions');
      const step = binary('*', binary('-', size, 1), stride[d] ?? null);
      return asSize(binary('-', binary('+', step, k), binary('*', 2, padding[d] ?? null)));
    });
    const size =
      a('output_size') === null
        ? usual
        : wanted(
            toArray(a('output_size')),
            usual,
            stride.map(s => asSize(s)),
            a('output_size'),
          );
    if (n === 1) return unpooled(a, 2, size);
    return unpooled(a, n, size);
  }),
];
function wanted(given: readonly Value[], usual: readonly number[], stride: readonly number[], text: Value): readonly number[] {
  const n = usual.length,
    own = (given.length === n + 2 ? given.slice(2) : given).map(v => asSize(v));
  if (own.length !== n)
    throw raise(
      'ValueError',
      `output_size should be a sequence containing ${n} or ${n + 2} elements, but it has a length of '${own.length}'`,
    );
  own.forEach((size, d) => {
    const [low, high] = [(usual[d] ?? 0) - (stride[d] ?? 1), (usual[d] ?? 0) + (stride[d] ?? 1)];
    if (!(low < size && size < high)) {
      const shown = given.length === n + 2 ? repr(isTuple(text) ? new Tuple(own) : new List(own)) : repr(text);
      throw raise('ValueError', `invalid output_size "${shown}" (dim ${d} must be between ${low} and ${high})`);
    }
  });
  return own;
}
const isTuple = (v: Value): boolean => v instanceof Tuple;
function unpooled(a: Given, n: number, size: readonly number[]): Value {
  const { input, indices } = { input: a('input'), indices: a('indices') };
  if (!isTensor(input) || !isTensor(indices)) return unknown('an unpool of these');
  if (size.some(s => s <= 0)) return unknown('an unpool to nothing');
  const flat = size.length < n;
  const [x, y] = flat ? [input, indices].map(t => method(t, 'unsqueeze', -1)) : [input, indices];
  const out = invoke(`torch._C._nn.max_unpool${n}d`, [x ?? null, y ?? null, new List(flat ? [...size, 1] : [...size])]);
  return flat ? method(out, 'squeeze', -1) : out;
}

tell({
  ...Object.fromEntries([powerPool(1), powerPool(2), powerPool(3), unpool(1), unpool(2)]),
  'F.local_response_norm': python('local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0)', localResponseNorm),
  'F.gumbel_softmax': python('gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1)', a => {
    const logits = a('logits');
    if (!isTensor(logits)) {
      invoke('torch.empty_like', [logits]);
      return unknown('gumbel_softmax of this');
    }
    const noise = invoke('torch.neg', [invoke('torch.log', [method(invoke('torch.empty_like', [logits]), 'exponential_')])]);
    const soft = method(binary('/', binary('+', logits, noise), a('tau')), 'softmax', a('dim'));
    if (!truth(a('hard'))) return soft;
    const index = getItem(method(soft, 'max', a('dim'), { keepdim: true }), 1);
    const hard = method(invoke('torch.zeros_like', [logits]), 'scatter_', a('dim'), index, new Float(1));
    return binary('+', binary('-', hard, method(soft, 'detach')), soft);
  }),
  'F.rrelu': python('rrelu(input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False)', a =>
    invoke(truth(a('inplace')) ? 'torch.rrelu_' : 'torch.rrelu', ['input', 'lower', 'upper', 'training'].map(a)),
  ),
});
