/** Faults of operators as exceptions of the program, and what we do not know as the end of its run. */
import { Stop as Ended, type Fault, type Unknown } from '../../runtime/network/fault.ts';
import { type Exception, type Raised, raise } from '../python/exception.ts';
import { Stop } from '../python/stop.ts';
import { type TensorObject, UsedUninitialized } from './tensor-object.ts';

const blames = new WeakMap<Exception, readonly string[]>();

/** Config paths of the sizes that do not agree, where torch raised this. */
export const blameOf = (exception: Exception): readonly string[] => blames.get(exception) ?? [];

/** That torch raised it: two sizes or types that do not go together. */
export const isFault = (exception: Exception): boolean => blames.has(exception);

export function raised(fault: Fault): Raised {
  const made = raise(fault.type, fault.message);
  blames.set(made.exception, fault.blame);
  return made;
}

/** Runs what ends in operators' faults; they leave it as the small Python's own ends. */
export function inPython<R>(run: () => R): R {
  try {
    return run();
  } catch (e) {
    throw ended(e);
  }
}
/** What was thrown, as the small Python throws it. `called`: what the program called, `Tensor.numel`. */
export function ended(e: unknown, called = ''): unknown {
  if (e instanceof Ended) return translated(e.end);
  return e instanceof UsedUninitialized ? (refused(e, called) ?? e) : e;
}
const translated = (end: Fault | Unknown): Raised | Stop =>
  end.kind === 'fault' ? raised(end) : new Stop({ kind: 'unknown', what: end.reason });

/** A method of a parameter that is not initialized; null where torch's sentence is not known, or where it takes it. */
function refused({ object }: UsedUninitialized, called: string): Raised | null {
  const [, method] = /^Tensor\.(\w+)$/.exec(called) ?? [];
  if (method === undefined || ANSWERED.has(method) || IN_PYTHON.has(method) || method.startsWith('__')) return null;
  return refusal(object, `<method '${ALIASES.get(method) ?? method}' of 'torch._C.TensorBase' objects>`);
}
/** What torch raises where a function is given a parameter that is not initialized. `asked`: the function as Python shows it. */
export const refusal = (object: TensorObject, asked: string): Raised =>
  raise(
    'ValueError',
    `Attempted to use an uninitialized parameter in ${asked}. This error happens when you are using a \`LazyModule\` or explicitly manipulating \`torch.nn.parameter.${object.type.name}\` objects. When using LazyModules Call \`forward\` with a dummy batch to initialize the parameters before calling torch functions`,
  );
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['nelement', 'numel'],
  ['ndimension', 'dim'],
]);
/** What such a parameter may be asked all the same. */
const ANSWERED = new Set('size copy_ is_complex is_floating_point half float double char short int long cuda cpu to get_device'.split(' '));
/** Methods that torch writes in Python: the sentence holds an address. */
const IN_PYTHON = new Set(
  (
    'backward cholesky dim_order eig index is_shared istft lstsq lu module_load norm pow qr register_hook register_post_accumulate_grad_hook reinforce ' +
    'resize resize_as share_memory_ solve split stft storage storage_type symeig to_sparse_coo unflatten unique unique_consecutive'
  ).split(' '),
);
