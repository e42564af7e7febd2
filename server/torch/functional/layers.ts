/** `torch.nn.functional`: normalization, pooling, padding and the like, as torch writes them in Python over its operators. */
import { sizes } from '../../../runtime/network/tensor.ts';
import { raise } from '../../python/exception.ts';
import { asSize, binary, compare, getItem, length, repr, toArray, truth } from '../../python/operate.ts';
import { plain } from '../../python/origin.ts';
import { unknown } from '../../python/stop.ts';
import { Float } from '../../python/types/float.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';
import { type Call, invoke, tell } from '../calls.ts';
import { python } from '../python-signature.ts';
import { isSequence, isTensor } from '../values.ts';
import { interpolate } from './interpolate.ts';
import { method, rank } from './method.ts';

/** torch's `_pair`: an iterable as it is, all else twice. */
const pair = (v: Value): Value => (isSequence(v) ? v : new Tuple([v, v]));
const entries = (...calls: readonly (readonly [string, Call])[]): Readonly<Record<string, Call>> => Object.fromEntries(calls);

/** With and without the places of the largest, which is which function runs. */
const maxPool = (n: 1 | 2 | 3): [string, Call] => {
  const text = (name: string) => `${name}(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False)`;
  const values = ['input', 'kernel_size', 'stride', 'padding', 'dilation', 'ceil_mode'];
  const both = python(text(`max_pool${n}d_with_indices`), a =>
    invoke(
      n === 1 ? 'torch.max_pool1d_with_indices' : `torch._C._nn.max_pool${n}d_with_indices`,
      values.map(v => (v === 'stride' && a(v) === null ? new List([]) : a(v))),
    ),
  );
  const one = python(text(`_max_pool${n}d`), a =>
    invoke(
      `torch.max_pool${n}d`,
      values.map(v => (v === 'stride' && a(v) === null ? new List([]) : a(v))),
    ),
  );
  return [`F.max_pool${n}d`, (args, named) => (truth(args[6] ?? named?.get('return_indices') ?? false) ? both : one)(args, named)];
};

const adaptive = (kind: 'avg' | 'max', n: 1 | 2 | 3): readonly (readonly [string, Call])[] => {
  if (kind === 'avg') {
    if (n === 1) return [];
    return [
      [
        `F.adaptive_avg_pool${n}d`,
        python(`adaptive_avg_pool${n}d(input, output_size)`, a => {
          const size = listWithDefault(a('output_size'), method(a('input'), 'size'));
          return invoke(`torch._C._nn.adaptive_avg_pool${n}d`, [a('input'), size]);
        }),
      ],
    ];
  }
  const text = (name: string) => `${name}(input, output_size, return_indices=False)`,
    operator = n === 1 ? 'torch.adaptive_max_pool1d' : `torch._C._nn.adaptive_max_pool${n}d`;
  const run = (input: Value, size: Value): Value =>
    invoke(operator, [input, n === 1 ? size : listWithDefault(size, method(input, 'size'))]);
  const both = python(text(`adaptive_max_pool${n}d_with_indices`), a => run(a('input'), a('output_size')));
  const one = python(text(`_adaptive_max_pool${n}d`), a => getItem(run(a('input'), a('output_size')), 0));
  return [
    [`F.adaptive_max_pool${n}d`, (args, named) => (truth(args[2] ?? named?.get('return_indices') ?? false) ? both : one)(args, named)],
  ];
};

/** torch's `_list_with_default`: an int stays; of a sequence, None is the input's own size. */
function listWithDefault(size: Value, own: Value): Value {
  const p = plain(size);
  if (typeof p === 'number' || typeof p === 'boolean') return size;
  const items = asSize(length(size)),
    all = toArray(own);
  if (all.length <= items) throw raise('ValueError', `Input dimension should be at least ${items + 1}`);
  const rest = all.slice(all.length - items);
  return new List(toArray(size).map((v, i) => (v === null ? (rest[i] ?? null) : v)));
}
tell({
  'F.layer_norm': python('layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)', a =>
    invoke('torch.layer_norm', [a('input'), a('normalized_shape'), a('weight'), a('bias'), a('eps'), true]),
  ),
  'F.rms_norm': python('rms_norm(input, normalized_shape, weight=None, eps=None)', a =>
    invoke('torch.rms_norm', ['input', 'normalized_shape', 'weight', 'eps'].map(a)),
  ),
  'F.group_norm': python('group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)', a => {
    const input = a('input');
    if (rank(input) < 2) throw raise('RuntimeError', `Expected at least 2 dimensions for input tensor but received ${rank(input)}`);
    binary('//', getItem(method(input, 'size'), 1), a('num_groups'));
    oneValue(input, [getItem(method(input, 'size'), 0), getItem(method(input, 'size'), 1), a('num_groups')]);
    return invoke('torch.group_norm', [input, a('num_groups'), a('weight'), a('bias'), a('eps'), true]);
  }),
  'F.instance_norm': python(
    'instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05)',
    a => {
      const input = a('input');
      if (truth(a('use_input_stats'))) method(input, 'size');
      if (
        truth(a('use_input_stats')) &&
        isTensor(input) &&
        sizes(input.tensor.shape)
          .slice(2)
          .reduce((n, s) => n * s, 1) === 1
      )
        throw raise('ValueError', `Expected more than 1 spatial element when training, got input size ${repr(method(input, 'size'))}`);
      return invoke('torch.instance_norm', [
        ...['input', 'weight', 'bias', 'running_mean', 'running_var', 'use_input_stats', 'momentum', 'eps'].map(a),
        true,
      ]);
    },
  ),
  'F.batch_norm': python(
    'batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05)',
    a => {
      if (truth(compare('<', a('eps'), new Float(0))))
        throw raise('ValueError', `batch_norm eps must be non-negative, but got ${repr(a('eps'))}`);
      if (truth(a('training')) && !truth(a('eps')))
        throw raise('ValueError', `batch_norm eps must be positive during training, but got ${repr(a('eps'))}`);
      if (truth(a('training'))) perChannel(a('input'));
      return invoke('torch.batch_norm', [
        ...['input', 'weight', 'bias', 'running_mean', 'running_var', 'training', 'momentum', 'eps'].map(a),
        true,
      ]);
    },
  ),
  'F.unfold': python('unfold(input, kernel_size, dilation=1, padding=0, stride=1)', a =>
    invoke('torch._C._nn.im2col', [a('input'), ...['kernel_size', 'dilation', 'padding', 'stride'].map(n => pair(a(n)))]),
  ),
  'F.fold': python('fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)', a =>
    invoke('torch._C._nn.col2im', [a('input'), ...['output_size', 'kernel_size', 'dilation', 'padding', 'stride'].map(n => pair(a(n)))]),
  ),
  'F.pad': python("pad(input, pad, mode='constant', value=None)", a =>
    invoke('torch._C._nn.pad', ['input', 'pad', 'mode', 'value'].map(a)),
  ),
  ...entries(maxPool(1), maxPool(2), maxPool(3), ...([1, 2, 3] as const).flatMap(n => [...adaptive('avg', n), ...adaptive('max', n)])),
  'F.interpolate': python(
    "interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)",
    interpolate,
  ),
  'F.upsample': python("upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None)", a =>
    invoke('F.interpolate', ['input', 'size', 'scale_factor', 'mode', 'align_corners'].map(a)),
  ),
  'F.normalize': python('normalize(input, p=2.0, dim=1, eps=1e-12, out=None)', a => {
    if (a('out') !== null) return unknown('a result that goes into out=');
    const norm = method(a('input'), 'norm', a('p'), a('dim'), { keepdim: true });
    return invoke('torch.div', [a('input'), method(method(norm, 'clamp_min', a('eps')), 'expand_as', a('input'))]);
  }),
  'F.grid_sample': python("grid_sample(input, grid, mode='bilinear', padding_mode='zeros', align_corners=None)", a => {
    const [mode, padding] = [plain(a('mode')), plain(a('padding_mode'))];
    const modes = ['bilinear', 'nearest', 'bicubic'],
      paddings = ['zeros', 'border', 'reflection'];
    if (typeof mode !== 'string' || !modes.includes(mode))
      throw raise(
        'ValueError',
        `nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '${shown(a('mode'))}'`,
      );
    if (typeof padding !== 'string' || !paddings.includes(padding))
      throw raise(
        'ValueError',
        `nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: '${shown(a('padding_mode'))}'`,
      );
    return invoke('torch.grid_sampler', [
      a('input'),
      a('grid'),
      modes.indexOf(mode),
      paddings.indexOf(padding),
      a('align_corners') ?? false,
    ]);
  }),
  'F.embedding': python(
    'embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)',
    a => {
      if (a('max_norm') !== null) return unknown('embedding with max_norm');
      return invoke('torch.embedding', [
        a('weight'),
        a('input'),
        padding(a('padding_idx'), a('weight')),
        a('scale_grad_by_freq'),
        a('sparse'),
      ]);
    },
  ),
});

const shown = (v: Value): string => (typeof plain(v) === 'string' ? String(plain(v)) : repr(v));

/** A row that is left out must be one of the table; from the end where it is negative. */
function padding(given: Value, weight: Value): Value {
  const at = plain(given);
  if (at === null) return -1;
  if (typeof at !== 'number' || at === 0 || !isTensor(weight)) return given;
  const [rows] = weight.tensor.shape;
  if (!rows) throw raise('IndexError', 'Dimension specified as 0 but tensor has no dimensions');
  if (at >= rows.size || at < -rows.size) throw raise('AssertionError', 'Padding_idx must be within num_embeddings');
  return at < 0 ? rows.size + at : given;
}

/** A statistic over one value is none. */
function perChannel(input: Value): void {
  if (!isTensor(input)) return void method(input, 'size');
  const [n = 0, , ...rest] = sizes(input.tensor.shape);
  if (rest.reduce((a, b) => a * b, n) === 1)
    throw raise('ValueError', `Expected more than 1 value per channel when training, got input size ${repr(method(input, 'size'))}`);
}
function oneValue(input: Value, [batch = 0, channels = 0, groups = 0]: readonly Value[]): void {
  if (!isTensor(input) || typeof plain(groups) !== 'number' || Number(plain(groups)) === 0) return;
  const rest = sizes(input.tensor.shape).slice(2),
    each = asSize(batch) * Math.floor(asSize(channels) / asSize(groups));
  if (rest.reduce((a, b) => a * b, each) === 1)
    throw raise(
      'ValueError',
      `Expected more than 1 value per channel when training, got input size [${[each, asSize(groups), ...rest].join(', ')}]`,
    );
}
