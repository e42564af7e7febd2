/** `torch.nn.functional`: losses as torch writes them in Python over its operators. */
import { raise } from '../../python/exception.ts';
import { equal, getItem, repr, str, truth } from '../../python/operate.ts';
import { plain } from '../../python/origin.ts';
import { unknown } from '../../python/stop.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';
import { type Call, invoke, tell } from '../calls.ts';
import { type Given, python } from '../python-signature.ts';
import { method, rank } from './method.ts';

const OLD = 'size_average=None, reduce=None, ';
const KINDS = ['none', 'mean', 'sum'];

/** torch's number for a reduction; the older switches come first where they are given. */
function reduction(a: Given, old = true): number {
  if (old && (a('size_average') !== null || a('reduce') !== null)) {
    const reduces = a('reduce') === null || truth(a('reduce'));
    return !reduces ? 0 : a('size_average') === null || truth(a('size_average')) ? 1 : 2;
  }
  const name = plain(a('reduction')),
    found = typeof name === 'string' ? KINDS.indexOf(name === 'elementwise_mean' ? 'mean' : name) : -1;
  return found >= 0 ? found : wrongReduction(a('reduction'));
}
function wrongReduction(v: Value): never {
  throw raise('ValueError', `${str(v)} is not a valid value for reduction`);
}

/** Both stretched to one shape; torch warns where they differ. */
function stretched(a: Given): readonly Value[] {
  method(a('target'), 'size');
  method(a('input'), 'size');
  const both = invoke('torch.broadcast_tensors', [a('input'), a('target')]);
  return both instanceof Tuple ? both.items : unknown('broadcast_tensors of these');
}
const ofDifference = (name: string, parameters: string, more: readonly string[]): [string, Call] => [
  `F.${name}`,
  python(`${name}(input, target, ${parameters})`, a => {
    const both = stretched(a),
      kind = reduction(a, parameters.startsWith(OLD));
    if (parameters.includes('weight') && a('weight') !== null) return unknown(`${name} with weights`);
    return invoke(`torch._C._nn.${name}`, [...both, kind, ...more.map(a)]);
  }),
];

tell({
  ...Object.fromEntries([
    ofDifference('l1_loss', `${OLD}reduction='mean', weight=None`, []),
    ofDifference('mse_loss', `${OLD}reduction='mean', weight=None`, []),
    ofDifference('smooth_l1_loss', `${OLD}reduction='mean', beta=1.0`, ['beta']),
    ofDifference('huber_loss', "reduction='mean', delta=1.0, weight=None", ['delta']),
  ]),
  'F.kl_div': python(`kl_div(input, target, ${OLD}reduction='mean', log_target=False)`, a => {
    const old = a('size_average') !== null || a('reduce') !== null,
      byBatch = !old && plain(a('reduction')) === 'batchmean',
      loss = invoke('torch.kl_div', [a('input'), a('target'), byBatch ? 2 : reduction(a)], new Map([['log_target', a('log_target')]]));
    return byBatch && rank(a('input')) ? invoke('torch.div', [loss, getItem(method(a('input'), 'size'), 0)]) : loss;
  }),
  'F.cross_entropy': python(
    `cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0)`,
    a =>
      invoke('torch._C._nn.cross_entropy_loss', [
        a('input'),
        a('target'),
        a('weight'),
        reduction(a),
        a('ignore_index'),
        a('label_smoothing'),
      ]),
  ),
  'F.nll_loss': python(`nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean')`, a =>
    invoke('torch._C._nn.nll_loss_nd', [a('input'), a('target'), a('weight'), reduction(a), a('ignore_index')]),
  ),
  'F.binary_cross_entropy': python(`binary_cross_entropy(input, target, weight=None, ${OLD}reduction='mean')`, a => {
    const kind = reduction(a),
      [target, input] = ['target', 'input'].map(n => method(a(n), 'size'));
    if (!equal(target ?? null, input ?? null))
      throw raise(
        'ValueError',
        `Using a target size (${repr(target ?? null)}) that is different to the input size (${repr(input ?? null)}) is deprecated. Please ensure they have the same size.`,
      );
    let weight = a('weight');
    if (weight !== null) weight = method(weight, 'expand', invoke('torch.broadcast_shapes', [target ?? null, method(weight, 'size')]));
    return invoke('torch._C._nn.binary_cross_entropy', [a('input'), a('target'), weight, kind]);
  }),
  'F.binary_cross_entropy_with_logits': python(
    `binary_cross_entropy_with_logits(input, target, weight=None, ${OLD}reduction='mean', pos_weight=None)`,
    a => {
      const kind = reduction(a),
        [target, input] = ['target', 'input'].map(n => method(a(n), 'size'));
      if (!equal(target ?? null, input ?? null))
        throw raise('ValueError', `Target size (${repr(target ?? null)}) must be the same as input size (${repr(input ?? null)})`);
      return invoke('torch.binary_cross_entropy_with_logits', [a('input'), a('target'), a('weight'), a('pos_weight'), kind]);
    },
  ),
});
