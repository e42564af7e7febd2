/** Which dict of the model, or of another part, a build ended at for want of a `type`: mmengine's sentence holds the dict, mmcv's layers say which they are. */
import type { ConfigPath } from '../config/resolved.ts';
import type { ModelError } from '../model/verdict.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext } from './rule.ts';
import { valuesOf } from './values-of.ts';

/** mmcv 2: file of a layer's builder → its key. */
const LAYERS: Readonly<Record<string, string>> = {
  norm: 'norm_cfg',
  conv: 'conv_cfg',
  activation: 'act_cfg',
  padding: 'padding_cfg',
  upsample: 'upsample_cfg',
};

export const lacksType = ({ type, message }: Pick<ModelError, 'type' | 'message'>): boolean =>
  type === 'KeyError' && /must contain the key "type"/.test(message);

/** Null where it is not to be told which. `below`: what was built. */
export function typelessAt(
  context: ConfigContext,
  { message, where, at }: Pick<ModelError, 'message' | 'where' | 'at'>,
  below: ConfigPath = ['model'],
): ConfigPath | null {
  const layer = LAYERS[/(\w+)\.py/.exec(at ?? '')?.[1] ?? ''];
  const shown = / but got ([\s\S]*)$/.exec(message)?.[1];
  const keys = shown === undefined ? null : keysIn(shown.split('\\n')[0] ?? shown);
  const name = where?.split('.').at(-1);
  const fitting = valuesOf(context.config).flatMap(({ path, value }): ConfigPath[] => {
    const dict = plain(value);
    if (path.length <= below.length || below.some((step, i) => step !== path[i]) || !(dict instanceof Dict) || dict.entries.has('type'))
      return [];
    const isIt = keys
      ? isSame(keys, new Set(keysOf(dict)))
      : layer !== undefined && path.at(-1) === layer && (where ?? '').startsWith(String(path[1]));
    return isIt ? [path] : [];
  });
  return fitting.find(path => path.at(-1) === name) ?? fitting.find(path => recipePlace(context, [path]) !== null) ?? fitting[0] ?? null;
}

const keysIn = (shown: string): ReadonlySet<string> => new Set([...shown.matchAll(/'(\w+)\\?':/g)].map(([, key = '']) => key));

/** All names in it, however deep. */
function keysOf(value: Value): readonly string[] {
  const held = plain(value);
  if (held instanceof Dict)
    return [...held.entries.values()].flatMap(({ key, value: inner }) => [...(typeof key === 'string' ? [key] : []), ...keysOf(inner)]);
  return held instanceof List || held instanceof Tuple ? held.items.flatMap(keysOf) : [];
}
const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && [...a].every(key => b.has(key));
