import { NEVER } from './decoding.ts';
import type { NodeList } from './node-list.ts';

/** Of scores [pictures, priors, classes], `candidates` of each picture, the best so many; what is no better than the last of them counts no more. Its equals do. */
export function bestOf(nodes: NodeList, scores: string, candidates: number, most: number): string {
  if (most >= candidates) return scores;
  const flat = nodes.node('Reshape', [scores, nodes.ints([0, candidates])]);
  const top = nodes.top(flat, most);
  const least = nodes.node('Slice', [top, nodes.ints([most - 1]), nodes.ints([most]), nodes.ints([1])]);
  const reached = nodes.node('GreaterOrEqual', [scores, nodes.node('Unsqueeze', [least, nodes.ints([2])])]);
  return nodes.node('Where', [reached, scores, nodes.float(NEVER)]);
}
