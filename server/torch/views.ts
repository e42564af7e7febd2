/** What was written into a view, carried back to what the view shows. */
import type { Operator } from '../../runtime/network/operator.ts';
import { OPERATORS } from '../../runtime/network/operators/index.ts';
import type { Bound } from '../../runtime/network/schema.ts';
import type { Tensor } from '../../runtime/network/tensor.ts';
import { context } from './context.ts';
import type { View } from './tensor-object.ts';

/** The parent as it is afterwards; null where we do not know how. */
export function carriedBack({ operator, args }: View, parent: Tensor, result: Tensor): Tensor | null {
  const [name = ''] = operator.names.map(n => n.slice(n.lastIndexOf('.') + 1));
  if (SAME_ORDER.has(name))
    return result.strides && parent.strides ? applied('Tensor.reshape', { self: result, shape: parent.shape }) : null;
  if (name === 'detach' || name === 'contiguous') return result;
  if (name === '__getitem__' && args.key) return applied('Tensor.__setitem__', { self: parent, key: args.key, value: result });
  if (name === 'permute' || name === 'transpose') {
    const rank = parent.shape.length,
      at = (v: unknown) => (Number(v) + rank) % rank;
    const order = Array.isArray(args.dims) ? args.dims.map(at) : Array.from({ length: rank }, (_, i) => i);
    if (name === 'transpose') [order[at(args.dim0)], order[at(args.dim1)]] = [at(args.dim1), at(args.dim0)];
    return applied('Tensor.permute', { self: result, dims: order.map((_, i) => order.indexOf(i)) });
  }
  return null;
}
const SAME_ORDER = new Set(['view', 'reshape', 'flatten', 'squeeze', 'unsqueeze', 'unflatten', 'view_as', 'ravel']);

function applied(name: string, args: Bound): Tensor | null {
  const operator: Operator | undefined = OPERATORS.get(name),
    outcome = operator && context.graph.apply(operator, args);
  return (outcome?.kind === 'results' && outcome.tensors[0]) || null;
}
