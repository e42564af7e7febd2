/**
 * What a model's data preprocessor makes of a picture before the model sees it: it may pack pixels into channels, put two pictures into one, or hand on a list. Its own
 * `forward` is run on a picture as a pipeline packs it. Null: it is one that needs more than a picture, and what the model is given is not known.
 */
import type { Graph } from '../../runtime/network/graph.ts';
import { getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Obj, type Value } from '../python/value.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { TensorObject } from '../torch/tensor-object.ts';
import { childOf } from './children.ts';
import type { Size } from './input.ts';
import type { Built } from './network.ts';
import type { Session } from './session.ts';

/** Of the libraries: those that keep a picture's form, or are given several of its views; whatever else they need of a batch, shapes do not depend on it. */
const PLAIN: ReadonlySet<string> = new Set([
  'BaseDataPreprocessor',
  'ImgDataPreprocessor',
  'DetDataPreprocessor',
  'YOLOv5DetDataPreprocessor',
  'PPYOLOEDetDataPreprocessor',
  'ClsDataPreprocessor',
  'SelfSupDataPreprocessor',
  'SegDataPreProcessor',
]);

export function handedOn({ interpreter }: Session, { model }: Built, graph: Graph, [width, height]: Size, channels: number): Value | null {
  const asItIs = (): Value => new TensorObject(graph.input({ shape: [1, channels, height, width], dtype: 'float32' }));
  const preprocessor = childOf(model, 'data_preprocessor');
  if (!(preprocessor instanceof Obj)) return asItIs();
  const owner = preprocessor.type.owner('forward');
  if (owner && PLAIN.has(owner.name) && isKnownFor('preprocessors', owner.module)) return asItIs();
  const picture = new TensorObject(graph.input({ shape: [channels, height, width], dtype: 'uint8' }));
  const batch = new Dict();
  batch.set('inputs', new List([picture]));
  const ended = interpreter.attempt(() => call(getAttribute(preprocessor, 'forward'), [batch, false]));
  const given = ended.kind === 'done' && ended.value instanceof Dict ? ended.value.get('inputs') : undefined;
  return given === undefined || plain(given) === null ? null : given;
}
