/** norm, einsum and others that torch writes in Python over its operators. */
import { count } from '../../../runtime/network/tensor.ts';
import { raise } from '../../python/exception.ts';
import { toArray, truth, typeName } from '../../python/operate.ts';
import { plain } from '../../python/origin.ts';
import { unknown } from '../../python/stop.ts';
import { Float } from '../../python/types/float.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Named, Value } from '../../python/value.ts';
import { invoke, tell } from '../calls.ts';
import { type Given, python } from '../python-signature.ts';
import { isSequence, isTensor, kind, numberOf } from '../values.ts';

function norm(self: Value, a: Given): Value {
  if (!isTensor(self)) throw raise('AttributeError', `'${typeName(self)}' object has no attribute 'layout'`);
  const p = plain(a('p'));
  if (a('out') !== null) return unknown('a result that goes into out=');
  if (p === 'nuc' || (typeof p === 'string' && p !== 'fro')) return unknown('a norm by this name');
  const order = p === 'fro' || p === null ? new Float(2) : p;
  const dims = a('dim'),
    keep = a('keepdim');
  if (numberOf(order) === undefined || (dims !== null && kind(dims) !== 'int' && !isSequence(dims)) || kind(keep) !== 'bool')
    return unknown('a norm of these');
  return invoke('torch._norm', [self, order, dims, keep], a('dtype') === null ? null : new Map([['dtype', a('dtype')]]));
}

tell({
  'torch.norm': python("norm(input, p='fro', dim=None, keepdim=False, out=None, dtype=None)", a => norm(a('input'), a)),
  'Tensor.norm': python("norm(self, p='fro', dim=None, keepdim=False, dtype=None)", a =>
    norm(a('self'), name => (name === 'out' ? null : a(name))),
  ),
  'torch.einsum': args => {
    const [equation = null, ...rest] = args,
      [only] = rest,
      operands = rest.length === 1 && only !== undefined && isSequence(only) ? [...only.items] : rest;
    if (args.length < 2)
      throw raise(
        'ValueError',
        'einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list',
      );
    if (typeof plain(equation) !== 'string') return unknown('einsum by lists of letters');
    return invoke('torch._einsum', [equation, new List(operands)]);
  },
  'torch._assert': python('_assert(condition, message)', a => {
    if (!truth(a('condition'))) throw raise('AssertionError', a('message'));
    return null;
  }),
  'torch.is_nonzero': python('is_nonzero(input)', a => {
    const x = a('input');
    if (!isTensor(x)) return unknown('is_nonzero of this');
    if (count(x.tensor.shape) !== 1)
      throw raise(
        'RuntimeError',
        `Boolean value of Tensor with ${count(x.tensor.shape) ? 'more than one value' : 'no values'} is ambiguous`,
      );
    return truth(x);
  }),
  ...Object.fromEntries(
    [1, 2, 3].map(n => [
      `torch.atleast_${n}d`,
      (args: readonly Value[], named: Named | null): Value => {
        if (named) return unknown('atleast by keywords');
        const [only] = args,
          all = args.length === 1 && only !== undefined && isSequence(only) ? [...only.items] : [...args],
          wide = all.map(v => atLeast(v, n));
        return args.length === 1 && !(only !== undefined && isSequence(only)) ? (wide[0] ?? null) : new Tuple(wide);
      },
    ]),
  ),
});

function atLeast(v: Value, n: number): Value {
  if (!isTensor(v)) return unknown('atleast of what is no tensor');
  const rank = v.tensor.shape.length,
    shape = toArray(invoke('Tensor.size', [v]));
  if (rank >= n) return v;
  const wide = rank === 0 ? Array<Value>(n).fill(1) : rank === 1 && n >= 2 ? (n === 2 ? [1, ...shape] : [1, ...shape, 1]) : [...shape, 1];
  return invoke('Tensor.reshape', [v, new Tuple(wide)]);
}
