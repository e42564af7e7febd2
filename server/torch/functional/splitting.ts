/** `split` and `chunk` as torch writes them in Python, `meshgrid`, and functions that take several tensors. */
import { fail, unknown as notKnown } from '../../../runtime/network/fault.ts';
import { count } from '../../../runtime/network/tensor.ts';
import { call } from '../../python/call.ts';
import { raise } from '../../python/exception.ts';
import { abilities, compare, equal, repr, str, toArray, truth } from '../../python/operate.ts';
import { plain } from '../../python/origin.ts';
import { integerOf } from '../../python/types/int.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Value } from '../../python/value.ts';
import { invoke, tell } from '../calls.ts';
import { inPython } from '../fault.ts';
import { SIZE } from '../objects.ts';
import { type Given, python } from '../python-signature.ts';
import { isSequence, isTensor, kind } from '../values.ts';
import { method } from './method.ts';

tell({
  'Tensor.split': python('split(self, split_size, dim=0)', a => split(a('self'), a('split_size'), a('dim'))),
  'torch.split': python('split(tensor, split_size_or_sections, dim=0)', (a: Given) =>
    isTensor(a('tensor'))
      ? split(a('tensor'), a('split_size_or_sections'), a('dim'))
      : method(a('tensor'), 'split', a('split_size_or_sections'), a('dim')),
  ),
  'torch.broadcast_tensors': args => broadcast(args),
  'torch.broadcast_shapes': args => broadcastShapes(args),
  'torch.meshgrid': (args, named) =>
    invoke(
      'torch._meshgrid',
      [new List(args.length === 1 && args[0] !== undefined && isSequence(args[0]) ? [...args[0].items] : [...args])],
      named,
    ),
});

/** Equal parts, the last one smaller, or parts as given. */
function split(x: Value, given: Value, dim: Value): Value {
  const size = isTensor(given) && count(given.tensor.shape) === 1 ? (abilities(given).int?.(given) ?? given) : given,
    isInt = typeof integerOf(size) === 'number';
  return isInt ? invoke('torch._split_equal', [x, size, dim]) : invoke('torch.split_with_sizes', [x, size, dim]);
}

/** Each stretched to the shape of all together. */
function broadcast(tensors: readonly Value[]): Value {
  return inPython(() => {
    if (!tensors.every(isTensor)) return notKnown('broadcast_tensors of these');
    const shapes = tensors.map(t => t.tensor.shape.map(d => d.size)),
      rank = Math.max(0, ...shapes.map(s => s.length));
    const out: number[] = [];
    for (let i = rank - 1; i >= 0; i--) {
      // from the right: the first that fails is the last dimension
      const at = shapes.map(s => s[s.length - rank + i] ?? 1),
        [big = 1] = at.filter(n => n !== 1);
      const other = at.find(n => n !== 1 && n !== big);
      out.unshift(
        other === undefined
          ? big
          : fail(
              'RuntimeError',
              `The size of tensor a (${big}) must match the size of tensor b (${other}) at non-singleton dimension ${i}`,
            ),
      );
    }
    return new Tuple(tensors.map(t => invoke('Tensor.expand', [t, new Tuple(out)])));
  });
}

/** The shape that all stretch to; what is None counts for nothing. Sizes are compared as Python compares them. */
function broadcastShapes(given: readonly Value[]): Value {
  const shapes = given.filter(s => s !== null).map(s => (kind(s) === 'int' || kind(s) === 'bool' ? new Tuple([s]) : s));
  for (const s of shapes)
    if (!isSequence(s) && typeof plain(s) !== 'string')
      throw raise('RuntimeError', `Input shapes should be of type ints, a tuple of ints, or a list of ints, got ${str(s)}`);
  const all = shapes.map(s => toArray(s)),
    common: Value[] = Array.from({ length: Math.max(0, ...all.map(s => s.length)) }, () => 1);
  all.forEach((shape, which) => {
    for (let back = 1; back <= shape.length; back++) {
      const size = shape[shape.length - back] ?? null,
        i = common.length - back,
        known = common[i] ?? 1;
      if (equal(size, known)) continue;
      if (equal(known, 1)) {
        if (truth(compare('<', size, 0))) throw raise('ValueError', 'Attempting to broadcast a dimension with negative length!');
        common[i] = size;
      } else if (!equal(size, 1))
        throw raise(
          'RuntimeError',
          `Attempting to broadcast a dimension of length ${str(size)} at ${-back}! Mismatching argument at index ${which} had ${str(shapes[which] ?? null)}; ` +
            `but expected shape should be broadcastable to ${repr(new List(common))}`,
        );
    }
  });
  return call(SIZE, [new Tuple(common)]);
}
