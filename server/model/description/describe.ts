/** A model's run as a description of its network: what the panel, the picture and the tree show. */
import { originAt } from '../../config/origins.ts';
import type { ResolvedConfig } from '../../config/resolved.ts';
import type { NetworkDescription, NetworkPart } from '../../picture/description.ts';
import { grouped } from '../../picture/figures.ts';
import type { Host } from '../../project/host.ts';
import { plain } from '../../python/origin.ts';
import { Dict } from '../../python/types/dict.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Site, Value } from '../../python/value.ts';
import { TensorObject } from '../../torch/tensor-object.ts';
import type { Network, Ran } from '../network.ts';
import type { Verdict } from '../verdict.ts';
import type { ModuleCalls, Watch } from '../watch.ts';
import { classSite } from './class-site.ts';
import { headOutputs } from './head-outputs.ts';
import { boundary, joinsOf } from './joins.ts';
import { tensorsIn } from './levels.ts';
import { linksOf } from './links.ts';
import { moduleTree } from './module-tree.ts';
import { type ListedPart, partsIn } from './part-list.ts';
import { stagesOf } from './stages.ts';

export interface Described {
  readonly config: ResolvedConfig;
  readonly verdict: Verdict;
  /** Null: nothing was built. */
  readonly network: Network | null;
  readonly host: Host;
  /** What the size is from, where that is no setting of the config's. */
  readonly sizeFrom?: string | null;
}

/** What is known of the parts while their description is put together. */
export interface PartRun {
  readonly listed: ListedPart;
  readonly state: NetworkPart['state'];
  readonly note: string | null;
  readonly calls: ModuleCalls | undefined;
}

export function describeNetwork(described: Described): NetworkDescription<Site> {
  const { config, verdict, network, host } = described;
  // Where there is no row of parts, the model ran at its own size alone.
  const size = network?.ran?.results.size ? verdict.size : (network?.ownWay?.size ?? verdict.size),
    [width, height] = size;
  const calls = callsOf(network);
  const failed = new Set(verdict.mismatches.flatMap(({ error }) => error.where ?? []));
  const tree = network?.built
    ? moduleTree(network.built.paths, calls, type => classSite(type, network.modules, host), [...failed])
    : { modules: [], types: [] };
  const byPath = new Map(tree.modules.map(module => [module.path, module]));
  const run: Ran | null = network?.declared ?? network?.ran ?? null;
  const runs = partsIn(config.value.get('model') ?? null, childrenOf(network, verdict))
    .filter(({ name, role }) => !network?.built || role !== 'head' || (byPath.get(name)?.parameters ?? 0) > 0 || calls(name) !== undefined)
    .map((listed): PartRun => ({ listed, ...stateOf(listed, verdict, network), calls: calls(listed.name) }));
  const links = linksOf(config, verdict, network, runs, height);

  const parts = runs.map(({ listed, state, note, calls: own }): NetworkPart<Site> => {
    const { name, role, path } = listed,
      module = byPath.get(name);
    const origin = originAt(config, path);
    const type = network?.built && [...network.built.paths].find(([, at]) => at === name)?.[0];
    const known = state === 'ran' || state === 'declared';
    const shapes = own?.outputs[0] ?? null;
    const incoming = links.find(link => link.to === name)?.levels.filter(level => level.state !== 'surplus' && level.state !== 'absent');
    return {
      name: role === 'neck' && name.includes('.') ? name.replace(/\.(\d+)$/, '[$1]') : name,
      type: listed.type ?? (type ? type.type.name : null),
      detail: listed.detail,
      role,
      state,
      note,
      parameters: module?.parameters ?? verdict.parametersByPart[name] ?? null,
      macs: known && module ? module.macs : null,
      stages:
        role === 'backbone' && known && run
          ? stagesOf(
              name,
              tree.modules,
              [run.input.shape[1]?.size ?? 3, height, width],
              tensorsIn(shapes),
              tensorsOf(run.results.get('backbone')),
              run.graph.nodes,
            )
          : [],
      joins: role === 'neck' && known && run ? neckJoins(name, run, height) : [],
      outputs: role === 'head' && known && type ? headOutputs(type, shapes, incoming?.length ?? 0, host) : [],
      place: origin?.key ?? null,
      source: type && network ? classSite(type.type, network.modules, host) : null,
    };
  });
  const counted = parts.filter(part => part.macs !== null);
  return {
    ok: verdict.ok,
    unknown: verdict.unknown,
    facts: verdict.facts,
    missing: /^the sources of (\S+) are not at hand$/.exec(verdict.unknown ?? '')?.[1] ?? null,
    size,
    sizeFrom: described.sizeFrom === undefined ? sizeFrom(config, size) : described.sizeFrom,
    parameters: verdict.parameters,
    macs: counted.length ? counted.reduce((sum, { macs }) => sum + (macs ?? 0), 0) : null,
    parts,
    links: links.map(link => ({ ...link, from: shown(link.from), to: shown(link.to) })),
    modules: tree.modules,
    types: tree.types,
  };
}

function neckJoins(name: string, { graph, results }: Ran, height: number): NetworkPart['joins'] {
  const gives = tensorsOf(results.get('neck'));
  const { inputs, outputs } =
    name === 'neck' ? { inputs: tensorsOf(results.get('backbone')), outputs: gives } : boundary(name, graph.nodes, gives);
  return joinsOf(name, graph.nodes, inputs, outputs, height);
}

const shown = (name: string): string => name.replace(/^(neck)\.(\d+)$/, '$1[$2]');

/** Each module's calls, of the run that came farthest with its part. */
function callsOf(network: Network | null): (path: string) => ModuleCalls | undefined {
  if (!network) return () => undefined;
  const { ran, declared, ownWay, second } = network;
  const whole = new Set(ran?.parts.map(part => part.name));
  const others = [declared?.watch, ownWay?.watch, second?.watch, ran?.watch];
  return path => {
    const end = path.indexOf('.');
    if (whole.has(end < 0 ? path : path.slice(0, end))) return ran?.watch.calls.get(path);
    for (const watch of others) {
      const calls = watch?.calls.get(path);
      if (calls) return calls;
    }
    return undefined;
  };
}

function stateOf({ name }: ListedPart, verdict: Verdict, network: Network | null): Pick<PartRun, 'state' | 'note'> {
  const [top = ''] = name.split('.');
  const inside = (where: string | null | undefined): boolean => where === name || where === top || (where?.startsWith(`${name}.`) ?? false);
  if (verdict.from === 'table') {
    const known = name === 'backbone' && verdict.outputs['backbone'] !== undefined;
    return { state: 'unknown', note: known ? 'by bundled facts' : 'not checked' };
  }
  const ran = network?.ran?.parts.some(part => part.name === top) ?? false;
  if (ran) return { state: 'ran', note: null };
  const error = verdict.mismatches.find(m => m.kind !== 'channels' && inside(m.error.where))?.error;
  if (network?.declared?.parts.some(part => part.name === top)) return { state: 'declared', note: 'as declared' };
  if (error) return { state: 'failed', note: error.type };
  if (verdict.ok === false) return { state: 'unknown', note: network?.built ? 'not reached' : 'not built' };
  if (network?.second && isCalled(network.second.watch, name))
    return { state: 'ran', note: `on ${grouped(network.second.proposals)} proposals` };
  if (network?.ownWay && isCalled(network.ownWay.watch, name)) return { state: 'ran', note: null };
  if (verdict.ok === null) {
    const { failure } = network ?? {};
    return { state: 'unknown', note: inside(failure?.place.module?.path) ? (verdict.unknown ?? 'not checked') : 'not checked' };
  }
  return { state: 'idle', note: /(?:^|\.)roi_head$/.test(name) ? 'takes proposals: not run' : 'not run' };
}

/** A head's own `forward` may be called past the module, so that its layers alone are seen. */
const isCalled = ({ calls }: Watch, name: string): boolean => [...calls.keys()].some(path => path === name || path.startsWith(`${name}.`));

/** The model's own that hold parameters: in the order in which they ran, then those that did not. */
function childrenOf(network: Network | null, { parametersByPart }: Verdict): readonly string[] {
  const ran = [...(network?.ownWay?.watch.calls.keys() ?? [])]
    .map(path => path.split('.')[0] ?? '')
    .filter(name => name in parametersByPart);
  return [...new Set([...ran, ...Object.keys(parametersByPart)])];
}

/** Tensors of a result, in order. */
export function tensorsOf(value: Value | undefined): readonly TensorObject['tensor'][] {
  if (value instanceof TensorObject) return [value.tensor];
  if (value instanceof List || value instanceof Tuple) return value.items.flatMap(tensorsOf);
  if (value instanceof Dict) return [...value.entries.values()].flatMap(entry => tensorsOf(entry.value));
  return [];
}

function sizeFrom({ value }: ResolvedConfig, [width, height]: Verdict['size']): string | null {
  const scale = plain(value.get('img_scale') ?? null);
  const numbers = scale instanceof List || scale instanceof Tuple ? scale.items.map(plain) : [];
  return numbers[0] === width && numbers[1] === height && numbers.length === 2 ? 'img_scale' : null;
}
