/** The network of a config, from the libraries' sources: its graph, the head's raw outputs, and the state dict that it takes. */

import type { Expected } from '../../runtime/index.ts';
import type { Graph } from '../../runtime/network/graph.ts';
import { sizes, type Tensor } from '../../runtime/network/tensor.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { ModelRunner } from '../model/run.ts';
import type { Verdict } from '../model/verdict.ts';
import type { DetectProblem } from '../protocol.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import { TensorObject } from '../torch/tensor-object.ts';
import { inOwnWords } from './own-words.ts';
import { DetectFailure, UnknownNetwork } from './problem.ts';

export interface BuiltNetwork {
  readonly graph: Graph;
  readonly input: Tensor;
  /** Raw outputs of the head in the order it returns them: class scores of each level, boxes of each, and so on. Named `output0.1`: of the first part, the second level. */
  readonly outputs: ReadonlyMap<string, Tensor>;
  readonly expected: readonly Expected[];
  /** Files it was made from: config chain and sources. */
  readonly read: readonly string[];
}

/** Blue, green, red. */
const CHANNELS = 3;

/** `batch`: pictures at once. Throws `DetectFailure` where the parts do not fit together, and `UnknownNetwork` where that cannot be said. */
export function buildNetwork(
  { models, registry }: { readonly models: Pick<ModelRunner, 'run'> | null; readonly registry: RegistryIndex },
  config: ResolvedConfig,
  size: readonly [number, number],
  batch = 1,
): BuiltNetwork {
  if (!models) throw new Error('models are not run in this thread');
  const { verdict, network } = models.run({ config, size, stateDict: true, ...(batch !== 1 && { batch }) });
  if (verdict.unknown === 'cancelled')
    throw new DetectFailure('cancelled', 'Stopped', 'Detection was stopped while the network was being built.');
  if (verdict.ok === null || verdict.from === 'table')
    throw unknownNetwork(verdict.unknown ?? 'the sources of the libraries are not at hand');
  const head = network?.ran?.results.get('head');
  if (!verdict.ok || !network?.built || !network.ran || head === undefined) throw misfit(config, verdict, registry);
  const { graph, input } = network.ran,
    channels = input.shape[1]?.size;
  if (channels !== CHANNELS)
    throw new UnknownNetwork(
      'network',
      'The network takes no colour pictures',
      `Its data preprocessor hands it ${channels} channels. Necktie detects on pictures of ${CHANNELS}.`,
    );
  const expected = network.built.stateDict.map(([name, shape, dtype]) => ({ name, shape, dtype }));
  return { graph, input, outputs: new Map(tensorsIn(head, 'output')), expected, read: verdict.read };
}

/** For a head whose outputs are not understood: what it gives, where the network can be run. */
export function rawOutputs(models: Pick<ModelRunner, 'run'> | null, config: ResolvedConfig): DetectProblem['details'] {
  const run = models?.run({ config });
  const head = run?.network?.ran?.results.get('head');
  if (!run?.verdict.ok || head === undefined) return [];
  const values = tensorsIn(head, 'output').map(([name, { shape }]) => `${name} [${sizes(shape).join(', ')}]`);
  return [{ label: `Its raw outputs for ${run.verdict.size.join(' × ')}`, values }];
}

function misfit(config: ResolvedConfig, verdict: Verdict, registry: RegistryIndex): DetectFailure {
  const { error } = verdict;
  const where = error?.where ? ` in \`${error.where}\`` : '';
  const said = error ? `${error.type}${where}: ${error.message}` : 'It has no head.';
  const [first, ...more] = inOwnWords(config, verdict, registry);
  if (first === undefined) return new DetectFailure('network', 'The parts of the network do not fit together', said);
  return new DetectFailure('network', 'The parts of the network do not fit together', first, [
    ...(more.length ? [{ label: 'Further', values: more }] : []),
    { label: 'What PyTorch says', values: [said] },
  ]);
}

function unknownNetwork(reason: string): UnknownNetwork {
  const sentence = `${reason.charAt(0).toUpperCase()}${reason.slice(1).replace(/\.$/, '')}.`;
  return /sources of .* are not at hand/.test(reason)
    ? new UnknownNetwork(
        'no-sources',
        'The libraries’ sources are missing',
        `${sentence} Necktie builds the network from them: lay them out with \`necktie fetch\`, or run a model that \`necktie export\` wrote.`,
      )
    : new UnknownNetwork(
        'network',
        'The network is not known to the end',
        `Necktie cannot say what it is: ${reason.replace(/\.$/, '')}. A model that \`necktie export\` wrote runs all the same.`,
      );
}

function tensorsIn(value: Value, name: string): readonly (readonly [name: string, tensor: Tensor])[] {
  if (value instanceof TensorObject) return [[name, value.tensor]];
  const items =
    value instanceof List || value instanceof Tuple
      ? value.items
      : value instanceof Dict
        ? [...value.entries.values()].map(e => e.value)
        : [];
  return items.flatMap((item, i) => tensorsIn(item, name === 'output' ? `${name}${i}` : `${name}.${i}`));
}
