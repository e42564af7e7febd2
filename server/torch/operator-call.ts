/** An operator as the program calls it: bound in general, run on the graph, and what comes out as objects. */
import { category, isComplex, resultType, sentenceName } from '../../runtime/network/dtype.ts';
import { fail, unknown } from '../../runtime/network/fault.ts';
import type { Operator } from '../../runtime/network/operator.ts';
import { operand } from '../../runtime/network/operators/elementwise.ts';
import { OPERATORS } from '../../runtime/network/operators/index.ts';
import type { Bound, Scalar } from '../../runtime/network/schema.ts';
import { sizes, type Tensor, written } from '../../runtime/network/tensor.ts';
import { nativeType, type Type } from '../python/type.ts';
import { sequenceRepr } from '../python/types/sequence.ts';
import { TUPLE, Tuple } from '../python/types/tuple.ts';
import type { Named, Value } from '../python/value.ts';
import { binder } from './bind.ts';
import { CALLS, type Call } from './calls.ts';
import { context } from './context.ts';
import { ended, raised } from './fault.ts';
import { hasName } from './names.ts';
import { TensorObject } from './tensor-object.ts';
import { isSequence, isTensor } from './values.ts';

/** What torch's parser calls it: `linalg_norm`, and where `torch.nn.functional` has an operator under another name, the operator's own. */
function parserName(name: string, own: string, operator: Operator): string {
  if (name.startsWith('F.')) return operator.schemas[0]?.name ?? own;
  const [, part] = /^torch\.(linalg|fft|special)\./.exec(name) ?? [];
  return part ? `${part}_${own}` : own;
}

/** `name`: as it is called, which is what the messages say. */
function operatorCall(name: string, operator: Operator): Call {
  const method = name.startsWith('Tensor.'),
    own = name.slice(name.lastIndexOf('.') + 1),
    called = parserName(name, own, operator),
    bind = binder(called, operator.schemas, method);
  const inPlace = (own.endsWith('_') && !own.endsWith('__')) || own === '__setitem__';
  const written = (bound: Bound, args: readonly Value[], named: Named | null): Value => {
    const self = args[0] ?? null;
    if (isTensor(self) && self.overlaps) refuseOverlap(own);
    if (called.startsWith('bitwise')) checkCast(bound);
    if (/^abs(olute)?_$/.test(called) && bound.self instanceof Object && 'dtype' in bound.self && isComplex(bound.self.dtype))
      fail('RuntimeError', 'In-place abs is not supported for complex tensors.');
    const result = run(operator, bound, args, named);
    if (!(result instanceof TensorObject)) return result;
    const target = isTensor(self) ? self : named?.get('input');
    if (!isTensor(target)) return unknown(`${name} without its object`);
    if (operator.view) target.reform(result.tensor, operator, bound);
    else write(target, result.tensor);
    return called === '__setitem__' ? null : target;
  };
  return (args, named) => {
    try {
      const bound = method ? bind(args.slice(1), named, args[0] ?? null) : bind(args, named, null);
      return inPlace ? written(bound, args, named) : run(operator, bound, args, named);
    } catch (e) {
      throw ended(e, name);
    }
  };
}

/** What iterates over elements will not write where several are one; what fills, or goes by an index, does. */
function refuseOverlap(own: string): void {
  if (FILLS.has(own)) return;
  if (!ITERATES.has(own)) unknown(`${own} into a tensor whose elements share memory`);
  fail(
    'RuntimeError',
    'unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation.',
  );
}
const FILLS = new Set(['fill_', 'zero_', 'masked_fill_', 'index_fill_', 'unsqueeze_', 'squeeze_', 't_', 'transpose_', 'detach_']);
const ITERATES = new Set(
  'add_ sub_ mul_ div_ copy_ relu_ sigmoid_ exp_ silu_ leaky_relu_ hardswish_ clamp_ clamp_min_ normal_ uniform_ dropout_'.split(' '),
);

export function run(operator: Operator, bound: Bound, args: readonly Value[], named: Named | null): Value {
  if (bound.out) unknown('a result that goes into out=');
  const outcome = context.graph.apply(operator, bound);
  if (outcome.kind === 'fault') throw raised(outcome);
  if (outcome.kind === 'unknown') return unknown(outcome.reason);
  const [noted] = outcome.noted;
  if (noted && context.raiseNoted) throw raised(noted);
  const given = tensorsIn(args, named),
    parent = operator.view && !copies(bound) && given[0],
    needsGrad = context.gradEnabled && given.some(t => t.requiresGrad);
  const object = (t: Tensor, at: number): TensorObject => {
    const made = new TensorObject(t);
    if (needsGrad && category(t.dtype) >= 2) made.requiresGrad = !(made.isLeaf = false);
    return parent ? made.shows(parent, operator, bound, at) : made;
  };
  const [only] = outcome.tensors;
  if (!outcome.several && only) return object(only, 0);
  const results = outcome.tensors.map(object);
  return operator.fields ? new Tuple(results, null, returnType(operator)) : new Tuple(results);
}

/** An index that gathers copies what it takes. */
const copies = ({ key }: Bound): boolean =>
  Array.isArray(key) && key.some(k => typeof k === 'object' && k !== null && 'kind' in k && (k.kind === 'gather' || k.kind === 'truth'));

function tensorsIn(args: readonly Value[], named: Named | null): TensorObject[] {
  const found: TensorObject[] = [];
  for (const v of args) {
    if (isTensor(v)) found.push(v);
    else if (v !== null && typeof v === 'object' && isSequence(v)) for (const i of v.items) if (isTensor(i)) found.push(i);
  }
  if (named) for (const v of named.values()) if (isTensor(v)) found.push(v);
  return found;
}

/** What is computed must fit where it goes: checked before the kernel is looked for. */
function checkCast({ self, other }: Bound): void {
  const sides = [self, other].filter((s): s is Tensor | Scalar => typeof s === 'object' && s !== null && 'dtype' in s),
    dtype = resultType(sides.map(operand)),
    [first] = sides;
  if (first && category(dtype) > category(first.dtype))
    fail('RuntimeError', `result type ${sentenceName(dtype)} can't be cast to the desired output type ${sentenceName(first.dtype)}`);
}

/** `x.add_(y)`: what `x.add(y)` gives, if it fits where x is. */
export function write(self: TensorObject, result: Tensor): void {
  const { tensor } = self;
  if (category(result.dtype) > category(tensor.dtype))
    fail(
      'RuntimeError',
      `result type ${sentenceName(result.dtype)} can't be cast to the desired output type ${sentenceName(tensor.dtype)}`,
    );
  if (sizes(result.shape).join() !== sizes(tensor.shape).join())
    fail(
      'RuntimeError',
      `output with shape ${written(tensor.shape)} doesn't match the broadcast shape ${written(result.shape)}`,
      ...tensor.shape,
      ...result.shape,
    );
  if (result.dtype === tensor.dtype) {
    self.write(result);
    return;
  }
  const cast = OPERATORS.get('torch._to_dtype') ?? unknown('writing in place what is of another type'),
    outcome = context.graph.apply(cast, { self: result, dtype: tensor.dtype });
  const [stored] = outcome.kind === 'results' ? outcome.tensors : [];
  self.write(stored ?? unknown('writing in place what is of another type'));
}

/** `torch.return_types.max`: a tuple whose items have names. */
const returnTypes = new Map<Operator, Type>();
function returnType(operator: Operator): Type {
  const known = returnTypes.get(operator),
    fields = operator.fields ?? [];
  if (known) return known;
  const [name = ''] = operator.names;
  const made: Type = nativeType<Tuple>(
    `torch.return_types.${name.slice(name.lastIndexOf('.') + 1)}`,
    {
      ...TUPLE.abilities,
      repr: self => sequenceRepr(self, `${made.name}(`, ')'),
      attribute: (self, attribute) => self.items[fields.indexOf(attribute)],
    },
    { base: TUPLE },
  );
  returnTypes.set(operator, made);
  return made;
}

for (const [name, operator] of OPERATORS) {
  CALLS.set(name, operatorCall(name, operator));
  const cut = name.lastIndexOf('.'),
    owner = name.slice(0, cut),
    inPlace = `${name}_`;
  if (
    (owner === 'torch' || owner === 'Tensor') &&
    !name.endsWith('_') &&
    !OPERATORS.has(inPlace) &&
    hasName(owner === 'torch' ? 'torch' : 'torch.Tensor', inPlace.slice(cut + 1))
  )
    CALLS.set(inPlace, operatorCall(inPlace, operator));
}
