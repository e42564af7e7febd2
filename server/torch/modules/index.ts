/** torch's modules for the small Python's imports. `torch.nn` and what lies below it, but `functional`, are Python stubs. */
import type { Graph } from '../../../runtime/network/graph.ts';
import type { FoundModule, ModuleFinder } from '../../python/import/finder.ts';
import type { NativeModule } from '../../python/import/native-module.ts';
import { Native } from '../../python/native.ts';
import { showAbilities } from '../../python/show-abilities.ts';
import { unknown } from '../../python/stop.ts';
import type { Value } from '../../python/value.ts';
import '../methods.ts';
import '../operator-call.ts';
import '../functional/activation.ts';
import '../functional/attention.ts';
import '../functional/copying.ts';
import '../functional/layers.ts';
import '../functional/loss.ts';
import '../functional/making.ts';
import '../functional/local.ts';
import '../functional/signals.ts';
import '../functional/splitting.ts';
import '../functional/reducing.ts';
import { CALLS, type Call } from '../calls.ts';
import { startTorch } from '../context.ts';
import { hasName, mayHave, namesIn } from '../names.ts';
import { lacksType } from '../objects.ts';
import { TENSOR } from '../tensor-object.ts';
import { INERT, type Members } from './inert.ts';
import { makeTensor, TORCH_MEMBERS } from './torch-members.ts';

/** Modules made of calls: where the name of a member is a call's after this. */
const PREFIX: Readonly<Record<string, string>> = {
  torch: 'torch.',
  'torch.nn.functional': 'F.',
  'torch._C._nn': 'torch._C._nn.',
  'torch.linalg': 'torch.linalg.',
  'torch.special': 'torch.special.',
  'torch.fft': 'torch.fft.',
  'torch._C': 'torch._C.',
  'torch._C._linalg': 'torch._C._linalg.',
};

const MODULES: ReadonlyMap<string, NativeModule> = new Map(
  [...new Set([...Object.keys(PREFIX), ...Object.keys(INERT)])].map(name => [
    name,
    module(name, name === 'torch' ? TORCH_MEMBERS : (INERT[name] ?? {}), PREFIX[name]),
  ]),
);

for (const [name, call] of CALLS)
  if (name.startsWith('Tensor.')) TENSOR.members.set(name.slice(7), new Native(name.slice(7), name, call, true));
Object.assign(TENSOR, { make: makeTensor });
showAbilities();

/** Of functions alone: what we lack can be imported and named, and ends the run where it is called. */
const FUNCTIONS_ALONE = new Set(['torch.linalg', 'torch.special', 'torch.fft', 'torch.nn.functional']);
/** What these modules import, and pieces of their documentation. */
const NO_FUNCTIONS = /^(?:torch|importlib|math|np|warnings|grad|has_torch_function|multi_dim_common|.*_notes|.*common_args)$/;
const lacking = (module: string, name: string): Call | undefined =>
  FUNCTIONS_ALONE.has(module) && /^[a-z]/.test(name) && !NO_FUNCTIONS.test(name) && hasName(module, name)
    ? () => unknown(`${module}.${name}`)
    : undefined;

function module(name: string, own: Members, prefix: string | undefined): NativeModule {
  const natives = new Map<string, Value>();
  return {
    name,
    names: [
      ...Object.keys(own),
      ...(prefix === undefined
        ? []
        : [...CALLS.keys()].filter(k => k.startsWith(prefix) && !k.slice(prefix.length).includes('.')).map(k => k.slice(prefix.length))),
    ],
    doc: null,
    has: wanted => mayHave(name, wanted),
    real: () => namesIn(name),
    member(wanted) {
      if (Object.hasOwn(own, wanted)) return own[wanted];
      const call = prefix === undefined ? undefined : (CALLS.get(prefix + wanted) ?? lacking(name, wanted));
      if (!call) return undefined;
      let made = natives.get(wanted);
      if (made === undefined) natives.set(wanted, (made = new Native(wanted, wanted, call)));
      return made;
    },
  };
}

/** A fresh run on a graph: what the program computes lands there. */
export function torchModules(graph: Graph, options: { readonly raiseNoted?: boolean } = {}): ReadonlyMap<string, NativeModule> {
  startTorch(graph, options);
  return MODULES;
}
/** `version`: of the torch that is installed, `2.1.0+cu118`; libraries decide by it what they build. Null: as if the one of our rules. */
export function torchFinder(
  graph: Graph,
  { version = null, ...options }: { readonly raiseNoted?: boolean; readonly version?: string | null } = {},
): ModuleFinder {
  const modules = torchModules(graph, options),
    found = new Map<string, FoundModule>();
  for (const [name, native] of modules)
    found.set(name, { kind: 'native', module: version !== null && TELLS_VERSION.has(name) ? ofVersion(native, version) : native });
  return { find: name => found.get(name) ?? null };
}

const TELLS_VERSION = new Set(['torch', 'torch.version']);
/** What an older one lacks is unknown there: whoever asks whether it has a name may do without. */
const ofVersion = (native: NativeModule, version: string): NativeModule => ({
  ...native,
  member: name => (name === '__version__' ? version : lacksType(version, name) ? undefined : native.member(name)),
});
