/** Modules of torch that leave no trace in a network: compilers, devices, processes, exporters. What is said here is what a program on one CPU is told. */
import { call } from '../../python/call.ts';
import { Native, native } from '../../python/native.ts';
import { unknown } from '../../python/stop.ts';
import { nativeType } from '../../python/type.ts';
import { List } from '../../python/types/list.ts';
import { Opaque } from '../../python/types/opaque.ts';
import { Tuple } from '../../python/types/tuple.ts';
import { Obj, type Value } from '../../python/value.ts';
import { FUNCTION } from './autograd-function.ts';
import { AUTOCAST, ENABLE_GRAD, INFERENCE_MODE, MEASURE, NO_GRAD, SET_GRAD_ENABLED } from './grad-mode.ts';

export type Members = Readonly<Record<string, Value>>;

const says = (name: string, answer: Value): [string, Value] => [name, new Native(name, name, () => answer)];
/** Called with a function, it answers that; called with options, it answers a decorator. */
const decorator = (name: string): [string, Value] => [name, new Native(name, name, args => decorated(args))];
function decorated(args: readonly Value[]): Value {
  const fn = args.find(a => a instanceof Obj && !(a instanceof Opaque));
  return fn ?? IDENTITY;
}
const IDENTITY: Native = new Native('identity', 'identity', args => args[0] ?? null);
const type = (name: string, module: string): [string, Value] => [
  name,
  nativeType<Obj>(name, { hash: self => self }, { module, make: () => unknown(`${module}.${name}`) }),
];
const stops = (name: string, module: string): [string, Value] => [name, new Native(name, name, () => unknown(`${module}.${name}`))];
const members = (...all: readonly (readonly [string, Value])[]): Members => Object.fromEntries(all);

/** `checkpoint(function, *args, use_reentrant=…)` computes what the function does. */
const CHECKPOINT = new Native('checkpoint', 'checkpoint', ([fn = null, ...args], named) => {
  const own = new Set(['use_reentrant', 'preserve_rng_state', 'context_fn', 'determinism_check', 'debug']);
  const rest = new Map([...(named ?? [])].filter(([k]) => !own.has(k)));
  return call(fn, args, rest.size ? rest : null);
});

export const INERT: Readonly<Record<string, Members>> = {
  'torch._C': members(says('_log_api_usage_once', null)),
  'torch.jit': members(
    decorator('script'),
    decorator('ignore'),
    decorator('export'),
    decorator('unused'),
    decorator('interface'),
    decorator('script_method'),
    decorator('script_if_tracing'),
    decorator('_overload_method'),
    decorator('_overload'),
    says('is_scripting', false),
    says('is_tracing', false),
    ['annotate', new Native('annotate', 'annotate', args => args[1] ?? null)],
    ['isinstance', native('isinstance(obj, types, /)', () => unknown('torch.jit.isinstance'))],
    type('ScriptModule', 'torch.jit'),
    type('ScriptFunction', 'torch.jit'),
    type('RecursiveScriptModule', 'torch.jit'),
    type('TracedModule', 'torch.jit'),
    stops('trace', 'torch.jit'),
    stops('load', 'torch.jit'),
    stops('save', 'torch.jit'),
    stops('freeze', 'torch.jit'),
  ),
  'torch.cuda': members(
    says('is_available', false),
    says('device_count', 0),
    says('is_initialized', false),
    says('empty_cache', null),
    says('synchronize', null),
    says('is_bf16_supported', false),
    says('manual_seed', null),
    says('manual_seed_all', null),
    says('init', null),
    ['current_device', new Native('current_device', 'current_device', () => unknown('torch.cuda.current_device'))],
    says('reset_peak_memory_stats', null),
    says('max_memory_allocated', 0),
    says('memory_allocated', 0),
    ['default_generators', new Tuple([])],
    says('set_device', null),
    type('Event', 'torch.cuda'),
    type('Stream', 'torch.cuda'),
    ...'Byte Char Short Int Long Half Float Double Bool BFloat16'.split(' ').map(of => type(`${of}Tensor`, 'torch.cuda')),
  ),
  'torch.cuda.amp': members(['autocast', AUTOCAST], decorator('custom_fwd'), decorator('custom_bwd'), type('GradScaler', 'torch.cuda.amp')),
  'torch.cuda.amp.grad_scaler': members(type('GradScaler', 'torch.cuda.amp.grad_scaler'), type('OptState', 'torch.cuda.amp.grad_scaler')),
  'torch.cuda.amp.autocast_mode': members(['autocast', AUTOCAST], decorator('custom_fwd'), decorator('custom_bwd')),
  'torch.amp': members(['autocast', AUTOCAST], decorator('custom_fwd'), decorator('custom_bwd'), type('GradScaler', 'torch.amp')),
  'torch.amp.autocast_mode': members(['autocast', AUTOCAST], decorator('custom_fwd'), decorator('custom_bwd')),
  'torch.mps': members(says('is_available', false), says('empty_cache', null)),
  'torch.backends': {},
  'torch.backends.cudnn': members(
    says('is_available', false),
    says('version', null),
    ['enabled', true],
    ['benchmark', false],
    ['deterministic', false],
    ['allow_tf32', true],
    ['flags', MEASURE],
  ),
  'torch.backends.cuda': members(says('is_built', false), ['matmul', new Opaque('torch.backends.cuda.matmul')], ['sdp_kernel', MEASURE]),
  'torch.backends.mps': members(says('is_available', false), says('is_built', false)),
  'torch.backends.mkldnn': members(says('is_available', true), ['enabled', true], ['flags', MEASURE]),
  'torch.backends.xnnpack': members(['enabled', true]),
  'torch.backends.opt_einsum': members(says('is_available', false), ['enabled', false]),
  'torch.distributed': members(
    says('is_available', true),
    says('is_initialized', false),
    says('is_nccl_available', false),
    says('is_mpi_available', false),
    says('is_gloo_available', true),
    says('is_torchelastic_launched', false),
    says('get_rank', 0),
    says('get_world_size', 1),
    ...['all_reduce', 'barrier', 'broadcast', 'all_gather', 'reduce', 'get_backend'].map((n): [string, Value] => [
      n,
      new Native(n, n, () => {
        // Where the model trains there may be several.
        return unknown(`torch.distributed.${n}`);
      }),
    ]),
    ['ReduceOp', new Opaque('torch.distributed.ReduceOp')],
    type('ProcessGroup', 'torch.distributed'),
    type('Work', 'torch.distributed'),
    ['group', new Opaque('torch.distributed.group')],
  ),
  'torch.compiler': members(
    decorator('disable'),
    decorator('allow_in_graph'),
    says('is_compiling', false),
    says('is_dynamo_compiling', false),
    says('is_exporting', false),
  ),
  'torch._dynamo': members(decorator('disable'), decorator('allow_in_graph'), says('is_compiling', false)),
  'torch.onnx': members(
    says('is_in_onnx_export', false),
    stops('export', 'torch.onnx'),
    says('register_custom_op_symbolic', null),
    says('unregister_custom_op_symbolic', null),
  ),
  'torch.onnx.operators': members([
    'shape_as_tensor',
    new Native('shape_as_tensor', 'shape_as_tensor', () => unknown('torch.onnx.operators.shape_as_tensor')),
  ]),
  'torch.fx': members(
    decorator('wrap'),
    type('Proxy', 'torch.fx'),
    type('Node', 'torch.fx'),
    type('Graph', 'torch.fx'),
    type('GraphModule', 'torch.fx'),
    type('Tracer', 'torch.fx'),
    type('Interpreter', 'torch.fx'),
    stops('symbolic_trace', 'torch.fx'),
  ),
  'torch.fx.proxy': members(type('Proxy', 'torch.fx.proxy'), type('Node', 'torch.fx.proxy')),
  'torch.autograd': members(
    ['Function', FUNCTION],
    ['Variable', new Native('Variable', 'Variable', args => args[0] ?? null)],
    ['no_grad', NO_GRAD],
    ['enable_grad', ENABLE_GRAD],
    ['inference_mode', INFERENCE_MODE],
    ['set_grad_enabled', SET_GRAD_ENABLED],
    stops('grad', 'torch.autograd'),
    stops('backward', 'torch.autograd'),
  ),
  'torch.autograd.function': members(['Function', FUNCTION], decorator('once_differentiable')),
  'torch.autograd.grad_mode': members(
    ['no_grad', NO_GRAD],
    ['enable_grad', ENABLE_GRAD],
    ['set_grad_enabled', SET_GRAD_ENABLED],
    ['inference_mode', INFERENCE_MODE],
  ),
  'torch.autograd.profiler': members(['record_function', MEASURE]),
  'torch.profiler': members(['record_function', MEASURE]),
  'torch.utils': {},
  'torch.utils.checkpoint': members(
    ['checkpoint', CHECKPOINT],
    // All tensors are on the CPU, which is none of the devices that are asked.
    ['get_device_states', native('get_device_states(*args)', () => new Tuple([new List([]), new List([])]))],
    ['set_device_states', native('set_device_states(devices, states, *, device_type=None)', () => null)],
    stops('checkpoint_sequential', 'torch.utils.checkpoint'),
  ),
  'torch.overrides': members(
    says('has_torch_function', false),
    says('has_torch_function_unary', false),
    says('has_torch_function_variadic', false),
    says('is_tensor_like', true),
    stops('handle_torch_function', 'torch.overrides'),
  ),
  'torch.version': members(['__version__', '2.1.0'], ['cuda', null], ['hip', null], ['git_version', 'unknown'], ['debug', false]),
  'torch.random': members(says('manual_seed', null), says('seed', 0), says('initial_seed', 0), ['fork_rng', MEASURE]),
  'torch.hub': members(
    stops('load_state_dict_from_url', 'torch.hub'),
    stops('load', 'torch.hub'),
    says('get_dir', '~/.cache/torch/hub'),
    says('set_dir', null),
  ),
  'torch.multiprocessing': members(says('get_start_method', 'fork'), says('set_start_method', null), says('set_sharing_strategy', null)),
};
