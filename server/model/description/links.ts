/** What goes from part to part: the levels between backbone, neck and the head that takes them; of what comes behind, that it does. */
import { valueAt } from '../../config/origins.ts';
import type { ResolvedConfig } from '../../config/resolved.ts';
import type { NetworkLevel, NetworkLink } from '../../picture/description.ts';
import { plain } from '../../python/origin.ts';
import { List } from '../../python/types/list.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Network } from '../network.ts';
import type { Shapes, Verdict } from '../verdict.ts';
import { dataflow } from './dataflow.ts';
import type { PartRun } from './describe.ts';
import { levelsBetween } from './levels.ts';

/** By modules' names. `height`: of the input. */
export function linksOf(
  config: ResolvedConfig,
  verdict: Verdict,
  network: Network | null,
  parts: readonly PartRun[],
  height: number,
): readonly NetworkLink[] {
  const row = parts.filter(({ listed }) => listed.role !== 'head');
  const heads = parts.filter(({ listed }) => listed.role === 'head');
  const flow = network?.ownWay ? dataflow(network.ownWay.watch.graph) : [];
  const links: NetworkLink[] = [];
  const between = (from: PartRun, to: PartRun): NetworkLink => {
    const consumer = { name: to.listed.name, isKnown: isRun(to) || (verdict.facts !== null && to.listed.role === 'neck') };
    const known = levelsBetween(config, outputsOf(from, verdict), height, consumer, verdict.mismatches);
    // What did not run is taken to have as many as come into it.
    const levels = known.length || isRun(from) ? known : (links.at(-1)?.levels ?? [NOT_KNOWN]).map(() => NOT_KNOWN);
    return { from: from.listed.name, to: to.listed.name, levels, note: null };
  };
  for (const [i, part] of row.entries()) {
    const next = row[i + 1];
    // Two backbones stand side by side.
    if (next && next.listed.role === 'neck') links.push(between(part, next));
  }
  const last = row.at(-1);
  if (!last) return flowLinks(flow, heads);
  const met = heads.filter(({ listed }) => flow.some(([, to]) => to === listed.name));
  // Heads that the row runs take the levels; without any, the first that the model's own way reaches.
  const taking = heads.filter(
    ({ listed }) => network?.ran?.parts.some(p => p.name === listed.name) || network?.declared?.parts.some(p => p.name === listed.name),
  );
  const [first = met.find(({ listed }) => flow.some(([from, to]) => from === last.listed.name && to === listed.name)) ?? heads[0]] = taking;
  if (first) links.push(between(last, first));
  const further = flowLinks(flow, heads);
  for (const head of heads) {
    if (head === first) continue;
    const reached = further.some(link => link.to === head.listed.name);
    // Of what is not run it is not known what it takes; a second stage and other heads take the features.
    if (!reached && /head$/.test(head.listed.name))
      links.push({ from: last.listed.name, to: head.listed.name, levels: [], note: pooled(config, head) });
  }
  return [...links, ...further];
}

const isRun = ({ state }: PartRun): boolean => state === 'ran' || state === 'declared';
const NOT_KNOWN: NetworkLevel = { shape: null, stride: null, state: 'unknown', expected: null };

/** Between parts that stand behind the features, as the model's own forward joins them. */
function flowLinks(flow: readonly (readonly [string, string])[], heads: readonly PartRun[]): readonly NetworkLink[] {
  const names = new Set(heads.map(({ listed }) => listed.name));
  return flow.filter(([from, to]) => names.has(from) && names.has(to)).map(([from, to]) => ({ from, to, levels: [], note: null }));
}

function outputsOf({ listed: { name }, calls }: PartRun, verdict: Verdict): Shapes {
  return calls?.outputs[0] ?? verdict.outputs[name] ?? null;
}

/** The levels that a second stage crops from, in its own words: `4 levels, /4 to /32`. */
function pooled(config: ResolvedConfig, { listed: { path } }: PartRun): string | null {
  const strides = plain(valueAt(config, [...path, 'bbox_roi_extractor', 'featmap_strides']) ?? null);
  if (!(strides instanceof List || strides instanceof Tuple) || !strides.items.length) return null;
  const numbers = strides.items.map(plain);
  const [first] = numbers,
    last = numbers.at(-1);
  if (typeof first !== 'number' || typeof last !== 'number') return null;
  return numbers.length === 1 ? `1 level, /${first}` : `${numbers.length} levels, /${first} to /${last}`;
}
