/** `torch.nn.functional`: activations that torch writes in Python over its operators. Those that are operators themselves have their `F.` name there. */
import { raise } from '../../python/exception.ts';
import { compare, str, truth, typeName, unary } from '../../python/operate.ts';
import { Float } from '../../python/types/float.ts';
import type { Value } from '../../python/value.ts';
import { type Call, invoke, tell } from '../calls.ts';
import { type Given, python } from '../python-signature.ts';
import { isTensor, kind } from '../values.ts';
import { method, rank } from './method.ts';

/** A function with an in-place form: `relu(input, inplace=False)`. */
const either =
  (operator: string, ...names: readonly string[]) =>
  (a: Given): Value =>
    invoke(truth(a('inplace')) ? (operator.startsWith('torch._C._nn.') ? `${operator}_` : `${operator}_`) : operator, [
      a('input'),
      ...names.map(a),
    ]);
/** A method of its input, so that a list has no such attribute. */
const ofInput = (name: string): [string, ReturnType<typeof python>] => [
  `F.${name}`,
  python(`${name}(input)`, a => method(a('input'), name)),
];

/** A dropout: its probability is checked in Python. */
const dropout = (
  name: string,
  operator: string,
  signature = '(input, p=0.5, training=True, inplace=False)',
  check: (a: Given) => unknown = () => {},
): [string, ReturnType<typeof python>] => [
  `F.${name}`,
  python(name + signature, a => {
    const p = a('p');
    if (truth(compare('<', p, new Float(0))) || truth(compare('>', p, new Float(1))))
      throw raise('ValueError', `dropout probability has to be between 0 and 1, but got ${str(p)}`);
    check(a);
    return invoke(truth(a('inplace')) ? `${operator}_` : operator, [a('input'), p, a('training')]);
  }),
];

/** The dimension where none is given: torch's old rule. */
function oldDimension(a: Given): Value {
  if (a('dim') !== null) return a('dim');
  return [0, 1, 3].includes(rank(a('input'))) ? 0 : 1;
}
const softmax = (name: string, of: (x: Value) => Value = x => x): [string, ReturnType<typeof python>] => {
  const called = name === 'softmin' ? 'softmax' : name;
  return [
    `F.${name}`,
    python(`${name}(input, dim=None, _stacklevel=3, dtype=None)`, a => {
      const given = a('dim'),
        k = kind(given);
      if (given !== null && k !== 'int' && k !== 'bool' && isTensor(a('input')))
        throw raise('TypeError', `dim must be an int or None, got ${classOf(given)}`);
      const dim = oldDimension(a),
        x = of(a('input'));
      return a('dtype') === null ? method(x, called, dim) : method(x, called, dim, { dtype: a('dtype') });
    }),
  ];
};

tell(
  Object.fromEntries([
    ['F.relu', python('relu(input, inplace=False)', either('torch.relu'))],
    ['F.relu6', python('relu6(input, inplace=False)', either('torch._C._nn.relu6'))],
    ['F.silu', python('silu(input, inplace=False)', either('torch._C._nn.silu'))],
    ['F.mish', python('mish(input, inplace=False)', either('torch._C._nn.mish'))],
    ['F.hardswish', python('hardswish(input, inplace=False)', either('torch._C._nn.hardswish'))],
    ['F.hardsigmoid', python('hardsigmoid(input, inplace=False)', either('torch._C._nn.hardsigmoid'))],
    ['F.leaky_relu', python('leaky_relu(input, negative_slope=0.01, inplace=False)', either('torch._C._nn.leaky_relu', 'negative_slope'))],
    ['F.elu', python('elu(input, alpha=1.0, inplace=False)', either('torch._C._nn.elu', 'alpha'))],
    ['F.celu', python('celu(input, alpha=1.0, inplace=False)', either('torch.celu', 'alpha'))],
    ['F.selu', python('selu(input, inplace=False)', either('torch.selu'))],
    ['F.threshold', python('_threshold(input, threshold, value, inplace=False)', either('torch._C._nn.threshold', 'threshold', 'value'))],
    [
      'F.hardtanh',
      python('hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False)', a => {
        if (truth(compare('>', a('min_val'), a('max_val')))) throw raise('ValueError', 'min_val cannot be greater than max_val');
        return either('torch._C._nn.hardtanh', 'min_val', 'max_val')(a);
      }),
    ],
    ofInput('sigmoid'),
    ofInput('tanh'),
    [
      'F.glu',
      python('glu(input, dim=-1)', a => {
        if (rank(a('input')) === 0) throw raise('RuntimeError', 'glu does not support scalars because halving size must be even');
        return invoke('torch._C._nn.glu', [a('input'), a('dim')]);
      }),
    ],
    ['F.softsign', python('softsign(input)', a => invoke('torch.div', [a('input'), invoke('torch.add', [method(a('input'), 'abs'), 1])]))],
    ['F.tanhshrink', python('tanhshrink(input)', a => invoke('torch.sub', [a('input'), method(a('input'), 'tanh')]))],
    softmax('softmax'),
    softmax('log_softmax'),
    softmax('softmin', x => unary('-', x)),
    dropout('dropout', 'torch.dropout'),
    dropout('dropout1d', 'torch.feature_dropout', undefined, a => spatial(a, 'dropout1d', [2, 3])),
    dropout('dropout2d', 'torch.feature_dropout', undefined, a => rank(a('input'))),
    dropout('dropout3d', 'torch.feature_dropout', undefined, a => rank(a('input'))),
    dropout('alpha_dropout', 'torch.alpha_dropout', '(input, p=0.5, training=False, inplace=False)'),
    dropout('feature_alpha_dropout', 'torch.feature_alpha_dropout', '(input, p=0.5, training=False, inplace=False)'),
  ] as const),
);

function spatial(a: Given, name: string, ranks: readonly number[]): void {
  const n = rank(a('input'));
  if (!ranks.includes(n))
    throw raise(
      'RuntimeError',
      `${name}: Expected 2D or 3D input, but received a ${n}D input. Note that ${name} exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs).`,
    );
}

/** For messages: `<class 'str'>`. */
export const classOf = (v: Value): string => `<class '${typeName(v)}'>`;

/** The in-place forms by names of their own: `F.relu_(x)`. */
tell({
  'F.relu_': (args, named) => invoke('torch.relu_', args, named),
  ...Object.fromEntries(
    ['celu_', 'selu_'].map(name => [`F.${name}`, (args, named) => invoke(`torch.${name}`, args, named)] as [string, Call]),
  ),
  ...Object.fromEntries(
    ['leaky_relu_', 'elu_', 'hardtanh_'].map(
      name => [`F.${name}`, (args, named) => invoke(`torch._C._nn.${name}`, args, named)] as [string, Call],
    ),
  ),
});
