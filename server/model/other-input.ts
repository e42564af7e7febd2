/** Models that are given something else than one picture: clips of video, points, sound, several pictures at once. What a picture does in them says nothing of them. */
import type { Graph } from '../../runtime/network/graph.ts';
import { textOrNone } from '../python/unseen.ts';
import { Obj, type Value } from '../python/value.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { childOf } from './children.ts';
import type { Built, Failure } from './network.ts';

export function takesOther({ model }: Built, failure: Failure | null, graph: Graph): boolean {
  const parts = [model, childOf(model, 'data_preprocessor'), childOf(model, 'backbone')];
  // A class that inherits from such a library's takes what that takes.
  if (parts.some(part => part instanceof Obj && part.type.ancestors.some(type => isKnownFor('other input', `${type.module}.${type.name}`))))
    return true;
  if (failure?.kind !== 'raised') return false;
  const message = textOrNone(failure.exception.args[0] ?? '');
  return wantsOtherRank(message, graph) || (wantsVectors(graph) && !isOfPictures(parts[1]));
}

/** Key points, features of a clip: the first layer is linear. */
const wantsVectors = ({ nodes }: Graph): boolean => nodes.find(({ macs }) => macs > 0)?.operator.names.includes('F.linear') ?? false;
const isOfPictures = (preprocessor: Value | undefined): boolean =>
  preprocessor instanceof Obj && preprocessor.type.ancestors.some(({ name }) => name === 'ImgDataPreprocessor');

/** A picture has four dimensions. Taken for a volume without a batch, it goes through some layers before one complains. */
function wantsOtherRank(message: string, { nodes }: Graph): boolean {
  const isVolume =
    /\bweight of size \[(?:\d+, ){4}\d+\]/.test(message) || nodes.some(({ operator }) => operator.names.includes('F.conv3d'));
  return isVolume || (!nodes.length && RANK.test(message));
}
const RANK = /\b(?:got 4D input|got 4\)|expected 3\)|Received 4-dim|input of size: \[1, \d+, \d+, \d+\]$|input\.dim\(\) = 4 is not equal)/;
