/** `torch.no_grad()` and its kin, `autocast`: context managers that are decorators too. No shape depends on them. */
import { methods, native } from '../../python/native.ts';
import { abilities, truth } from '../../python/operate.ts';
import { nativeType, type Type } from '../../python/type.ts';
import { Obj, type Value } from '../../python/value.ts';
import { context } from '../context.ts';

class GradMode extends Obj {
  /** What it sets; null: nothing. */
  readonly enabled: boolean | null;
  before = true;
  constructor(type: Type, enabled: boolean | null) {
    super(type);
    this.enabled = enabled;
  }
}

/** A decorated function is itself: what it computes has the same shapes. `make` says what its arguments set. */
function gradMode(name: string, set: (args: readonly Value[]) => boolean | null, module = 'torch'): Type {
  const type: Type = nativeType<GradMode>(
    name,
    { hash: self => self, call: (_, args) => args[0] ?? null },
    {
      module,
      make: (own, args) => {
        const [first = null] = args;
        if (args.length === 1 && typeof first === 'object' && abilities(first).call && set === never) return first;
        return new GradMode(own, set(args));
      },
    },
  );
  methods<GradMode>(type, {
    '__enter__()': self => {
      self.before = context.gradEnabled;
      if (self.enabled === null) return self;
      context.gradEnabled = self.enabled;
      return null;
    },
    '__exit__(type, value, traceback, /)': self => {
      context.gradEnabled = self.before;
      return null;
    },
    'clone()': self => self,
  });
  return type;
}
const never = (): boolean => false;

export const NO_GRAD = gradMode('no_grad', never);
export const INFERENCE_MODE = gradMode('inference_mode', ([mode = true]) => (typeof mode === 'boolean' ? !mode : false));
export const ENABLE_GRAD = gradMode('enable_grad', () => true);
export const AUTOCAST = gradMode('autocast', () => null);
/** `torch.profiler.record_function` and others that only measure. */
export const MEASURE = gradMode('record_function', () => null);
/** Sets at once, and back where it is a context manager. */
export const SET_GRAD_ENABLED = gradMode('set_grad_enabled', ([mode = true]) => {
  context.gradEnabled = truth(mode);
  return context.gradEnabled;
});
export const IS_GRAD_ENABLED = native('is_grad_enabled()', () => context.gradEnabled);
