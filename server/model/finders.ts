/** Where the modules of a model come from: our stand-ins first, then the environment, then what is surely installed but not at hand. */
import type { Host } from '../project/host.ts';
import { type FoundModule, type ModuleFinder, saying } from '../python/import/finder.ts';
import { folderFinder, stubFinder } from '../python/import/folder-finder.ts';
import type { NativeModule } from '../python/import/native-module.ts';
import type { Environment } from '../registry/environment.types.ts';
import { isOwnFile } from '../registry/own-file.ts';
import { classHas, mayHave } from '../torch/names.ts';
import { standInVersion } from './installed-version.ts';
import { jsonModule } from './json-module.ts';
import { pkgutilModule } from './pkgutil-module.ts';
import { randomModule } from './random-module.ts';

/** Parts of torch that no model's shapes depend on: they can be imported and no more. */
const UNUSED = new Set(
  (
    'ao _six _utils _vmap_internals distributions distributed.fsdp distributed.nn distributed.optim distributed.algorithms distributed.distributed_c10d distributed.tensor export func functional futures library masked monitor nested nn.attention nn.intrinsic ' +
    'nn.qat nn.quantizable nn.quantized nn.backends optim.lr_scheduler optim.swa_utils package quantization return_types serialization signal sparse storage testing types utils.bottleneck utils.bundled_inputs ' +
    'utils.cpp_extension utils.dlpack utils.mobile_optimizer utils.model_zoo utils.tensorboard utils.flop_counter utils._pytree utils.collect_env utils.benchmark nn.utils.fusion nn.utils.prune nn.utils.rnn nn.utils.spectral_norm nn.utils.stateless nn.utils.weight_norm nn.parallel.scatter_gather nn.parallel._functions nn.parallel.data_parallel _inductor _dynamo.config _C._distributed_c10d'
  ).split(' '),
);

/** Where their own source is at hand, it says more than our stand-in, which has the names alone. */
const AS_INSTALLED = /^torchvision\.transforms(?:\.|$)/;

export interface ModelFinders {
  readonly finders: readonly ModuleFinder[];
  /** Whether a module that none of them knows is known not to be installed. */
  readonly complete: (name: string) => boolean;
}

export interface FinderOptions {
  readonly host: Host;
  readonly environment: Environment;
  /** Folders on no path that the run is started in: asked after all others. */
  readonly started?: readonly string[];
  /** Our stand-ins in Python. */
  readonly stubs: string;
  /** torch and what else is written in TypeScript. */
  readonly natives: readonly ModuleFinder[];
  readonly necktie: NativeModule;
  /** Whether Python's own library has it. */
  readonly standard: (name: string) => boolean;
  /** A package is taken for installed, though nothing says so. */
  readonly assumed?: (name: string) => void;
}

export function modelFinders({ host, environment, started = [], stubs, natives, necktie, standard, assumed }: FinderOptions): ModelFinders {
  const stoodFor = new Set(['torch', ...host.list(stubs).map(({ name }) => name.replace(/\.py$/, ''))]);
  const folders = environment.roots.map(root => sound(folderFinder(host, root), stoodFor, file => isOwnFile(environment, file)));
  const beside = started.map(folder => folderFinder(host, folder));
  const isHere = (name: string): boolean =>
    [...folders, ...beside].some(f => f.find(name) !== null) || (environment.mappings?.has(name) ?? false);
  // Libraries' sources that were laid out without what they need say nothing of what is installed; where PyTorch is, the environment is a real one.
  const real = isHere('torch');
  const mappingNames = [...(environment.mappings?.keys() ?? [])];
  const complete = (name: string): boolean => {
    const [top = ''] = name.split('.');
    // A namespace that an editable install puts together has no folder that could be looked at.
    if (mappingNames.some(known => known.startsWith(`${top}.`))) return false;
    if (name === 'mmcv._ext') return real; // the sources that are laid out are those of mmcv-lite, which stands for mmcv here
    // What Python runs as it starts may find more than the folders hold.
    return (real && (!environment.isOpen || isHere(top))) || (isHere(top) && top !== name);
  };
  // What lies below an opaque package is a member of it, so only packages themselves are asked for here.
  const opaque: ModuleFinder = {
    find(name): FoundModule | null {
      const lacking = (name === 'mmcv._ext' || !name.includes('.')) && !complete(name) && !standard(name);
      if (lacking) assumed?.(name);
      return lacking || (name.startsWith('torch.') && UNUSED.has(name.slice(6))) || name.startsWith('torchvision.')
        ? { kind: 'opaque', reason: name }
        : null;
    },
  };
  const mapped: ModuleFinder[] = [...(environment.mappings ?? [])].map(([name, path]) => mappedFinder(host, name, path));
  // A compiled module lies beside mmcv's sources; where sources are laid out alone, it would.
  const compiled = (): boolean =>
    !real || environment.roots.some(root => host.list(`${root}/mmcv`).some(({ name }) => /^_ext\..*(?:so|pyd)$/.test(name)));
  const stub = stubFinder(host, stubs, mayHave, classHas, top => standInVersion({ host, environment }, top));
  const pkgutil = pkgutilModule(host, environment);
  const own: ModuleFinder = {
    find(name) {
      if (name === '_necktie_model') return { kind: 'native', module: necktie };
      if (name === 'json') return { kind: 'native', module: jsonModule };
      if (name === 'pkgutil') return { kind: 'native', module: pkgutil };
      if (name === 'random') return { kind: 'native', module: randomModule };
      return name === 'mmcv._ext' && compiled() ? stub.find('_necktie_mmcv_ext') : null;
    },
  };
  const standIns = [...natives, installed(stub, top => !real || isHere(top) || standard(top))];
  const asInstalled: ModuleFinder = {
    find: name => (AS_INSTALLED.test(name) ? folders.reduce<FoundModule | null>((found, f) => found ?? f.find(name), null) : null),
  };
  return { finders: [own, asInstalled, ...standIns, ...folders, ...mapped, ...beside, opaque], complete };
}

/** Stand-ins for what is there alone: a package that is not installed must not be found because we know it. */
const installed = (finder: ModuleFinder, isInstalled: (top: string) => boolean): ModuleFinder => ({
  find: name => (isInstalled(name.split('.')[0] ?? '') ? finder.find(name) : null),
});

/** What a module that may register a part names. */
const REGISTERS = /\bmm[a-z]+\b|register_module|\bRegistry\b/;

/**
 * Installed packages that can be imported wherever a model is run: parts of PyTorch or NumPy that we have no stand-in for, and what has nothing to do with
 * OpenMMLab's registries. Of those that have, a module that was not run could be one that registers what the config names.
 */
const sound = (finder: ModuleFinder, stoodFor: ReadonlySet<string>, isOwn: (file: string) => boolean): ModuleFinder => ({
  find(name) {
    const found = finder.find(name);
    if (found?.kind !== 'source') return found;
    const [top = ''] = name.split('.');
    return saying(found, {
      get sound() {
        if (stoodFor.has(top)) return true;
        const whole = finder.find(top);
        return !isOwn(found.file) && !REGISTERS.test(found.source) && whole?.kind === 'source' && !REGISTERS.test(whole.source);
      },
    });
  },
});

/** An editable install: a package by another name than its folder's. */
function mappedFinder(host: Host, name: string, path: string): ModuleFinder {
  const cut = path.lastIndexOf('/'),
    folder = path.slice(cut + 1),
    inside = folderFinder(host, path.slice(0, cut));
  return { find: wanted => (wanted === name || wanted.startsWith(`${name}.`) ? inside.find(folder + wanted.slice(name.length)) : null) };
}
