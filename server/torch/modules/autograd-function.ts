/** `torch.autograd.Function`: `apply` runs `forward` with a context that keeps what it is given. Nothing is ever differentiated here. */
import { findAttribute, getAttribute } from '../../python/attribute.ts';
import { call } from '../../python/call.ts';
import { classmethod } from '../../python/descriptor.ts';
import { raise } from '../../python/exception.ts';
import { Native } from '../../python/native.ts';
import { nativeType, OBJECT, Type } from '../../python/type.ts';
import { Tuple } from '../../python/types/tuple.ts';
import { Instance, type Obj, type Value } from '../../python/value.ts';

/** `ctx`: attributes of the program's own, and methods that tell autograd something. */
const CONTEXT = nativeType<Obj>('FunctionCtx', { hash: self => self }, { module: 'torch.autograd.function' });
const keep = (self: Value | undefined, values: readonly Value[]): Value => {
  if (self instanceof Instance) self.attributes.set('saved_tensors', new Tuple([...values]));
  return null;
};
for (const name of ['save_for_backward', 'save_for_forward'])
  CONTEXT.members.set(name, new Native(name, name, ([self, ...values]) => keep(self, values), true));
for (const name of ['mark_dirty', 'mark_non_differentiable', 'mark_shared_storage', 'set_materialize_grads'])
  CONTEXT.members.set(name, new Native(name, name, () => null, true));

function contextFor(count: number): Instance {
  const ctx = new Instance(CONTEXT);
  ctx.attributes.set('saved_tensors', new Tuple([]));
  ctx.attributes.set('needs_input_grad', new Tuple(Array.from({ length: count }, () => false)));
  return ctx;
}

export const FUNCTION = new Type({ name: 'Function', module: 'torch.autograd', bases: [OBJECT], meta: OBJECT.type });
FUNCTION.members.set(
  'apply',
  classmethod(
    new Native('apply', 'Function.apply', ([cls = null, ...args], named) => {
      if (named?.size) throw raise('TypeError', 'apply() takes no keyword arguments');
      const ctx = contextFor(args.length),
        setUp = findAttribute(cls, 'setup_context');
      if (setUp === undefined) return call(getAttribute(cls, 'forward'), [ctx, ...args]);
      const result = call(getAttribute(cls, 'forward'), args);
      call(setUp, [ctx, new Tuple([...args]), result]);
      return result;
    }),
  ),
);
