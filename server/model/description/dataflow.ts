/** Which part of a model takes what another has made, read off the graph: for models that are no row of backbone, neck and head. */
import type { Graph } from '../../../runtime/network/graph.ts';
import type { Tensor } from '../../../runtime/network/tensor.ts';

/** Pairs of the model's own children, in the order in which they first met. */
export function dataflow(graph: Graph): readonly (readonly [from: string, to: string])[] {
  const makers = new Map<Tensor, ReadonlySet<string>>();
  const found = new Map<string, readonly [string, string]>();
  for (const { module, inputs, outputs } of graph.nodes) {
    const from = new Set(inputs.flatMap(tensor => [...(makers.get(tensor) ?? [])]));
    const [part = ''] = module.split('.');
    if (!part) {
      // What the model itself does between its parts hands on what it was given.
      if (from.size) for (const output of outputs) makers.set(output, from);
      continue;
    }
    for (const maker of from) if (maker !== part) found.set(`${maker} ${part}`, [maker, part]);
    for (const output of outputs) makers.set(output, new Set([part]));
  }
  return [...found.values()];
}
