import { getAttribute } from '../python/attribute.ts';
import { call } from '../python/call.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { Size } from './input.ts';
import type { Session } from './session.ts';

/** One picture's sample, with what a pipeline always tells. */
export function samplesOf(session: Session, [width, height]: Size): Value {
  const shape = new Tuple([height, width]);
  const sample = call(session.member('mmdet.structures', 'DetDataSample'), []);
  const told = new Map<string, Value>(
    ['img_shape', 'ori_shape', 'pad_shape', 'batch_input_shape'].map((name): [string, Value] => [name, shape]),
  );
  call(getAttribute(sample, 'set_metainfo'), [dictOf(told)]);
  return new List([sample]);
}

function dictOf(entries: ReadonlyMap<string, Value>): Dict {
  const made = new Dict();
  for (const [key, value] of entries) made.set(key, value);
  return made;
}
