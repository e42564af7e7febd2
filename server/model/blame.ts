/** Which config paths a failure is about, most likely first. Paths are relative to `model`. */

import type { Exception } from '../python/exception.ts';
import { str } from '../python/operate.ts';
import { originOf, plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { blameOf } from '../torch/fault.ts';
import type { Place } from './network.ts';
import type { ModelError } from './verdict.ts';

/** For a failure with sizes that do not agree: the side that takes them first, numbers in lists before factors. `part`: `neck`, of the module that failed. */
export function ranked(paths: readonly string[], part: string): string[] {
  const weight = (path: string): number =>
    (path.startsWith(`${part}.`) || path.startsWith(`${part}[`) ? 0 : 100) +
    (/\]$/.test(path) ? 0 : /widen_factor|factor|ratio/.test(path) ? 10 : 5);
  return [...new Set(paths)].sort((a, b) => weight(a) - weight(b));
}

export function blameFor(exception: Exception, error: ModelError, place: Place, model: Value): readonly string[] {
  const sizes = blameOf(exception),
    part = error.where?.split('.')[0] ?? '';
  if (sizes.length) return unique([...oddFactor(sizes, model), ...ranked(sizes, part), ...before(part)]);
  const carried = ranked(
    exception.args.flatMap(v => (originOf(v) ?? []).filter(s => typeof s === 'string')),
    part,
  );
  return unique(place.stage === 'build' ? [...ofBuilding(error, place), ...carried] : [...ofForward(error, part, model), ...carried]);
}

/** A factor that only one part has, where the others agree: likelier than the numbers that it widens. */
function oddFactor(paths: readonly string[], model: Value): string[] {
  const factors = ['backbone', 'neck', 'bbox_head.head_module'].map(part => {
    const value = dictAt(model, part)[0]?.get('widen_factor');
    return { path: `${part}.widen_factor`, value: value === undefined ? null : str(value) };
  });
  const known = factors.filter(f => f.value !== null);
  if (known.length < 3) return [];
  return known
    .filter(
      f =>
        paths.includes(f.path) &&
        known.every(o => o === f || o.value !== f.value) &&
        known.some(o => o !== f && known.some(p => p !== o && p !== f && p.value === o.value)),
    )
    .map(f => f.path);
}

/** The dict that was being built last and came from the config, and what of it the sentence or the line names. */
function ofBuilding(error: ModelError, place: Place): string[] {
  // The outermost is the model itself, whose path is empty; other dicts without a path are a library's own.
  const dicts = [...place.building.entries()].reverse().flatMap(([depth, { config, name }]) => {
    const path = depth === 0 ? '' : originOf(config)?.find(s => typeof s === 'string');
    return config instanceof Dict && path !== undefined ? [{ config, path, name }] : [];
  });
  const [innermost] = dicts;
  if (!innermost) return [];
  const keyword = /unexpected keyword argument '(\w+)'|multiple values for (?:keyword )?argument '(\w+)'/.exec(error.message),
    key = keyword?.[1] ?? keyword?.[2];
  if (key !== undefined) {
    const owner = dicts.find(d => d.config.get(key) !== undefined);
    return owner ? [join(owner.path, key), join(owner.path, 'type')] : [...inner(error, innermost.config, innermost.path), innermost.path];
  }
  const type = join(innermost.path, 'type');
  if (/is not in the .* registry/.test(error.message))
    return innermost.name === null ? [type] : [...inner(error, innermost.config, innermost.path), innermost.path];
  if (/must contain the key "type"/.test(error.message) && innermost.config.get('type') === undefined) return [innermost.path, type];
  const lacking = /missing \d+ required (?:positional|keyword-only) arguments?: (.*)$/.exec(error.message)?.[1];
  if (lacking !== undefined) return [innermost.path, ...[...lacking.matchAll(/'(\w+)'/g)].map(m => join(innermost.path, m[1] ?? '')), type];
  const named = dicts.flatMap(d => mentioned(error, d.config).map(k => join(d.path, k)));
  // A class that does not take these: its type may be what was changed.
  return [
    ...inner(error, innermost.config, innermost.path),
    ...named.slice(0, 1),
    type,
    ...named,
    ...lists(error, innermost.config, innermost.path),
    innermost.path,
  ];
}

/** Where one list is shorter than another: every list of the dict. */
function lists(error: ModelError, config: Dict, path: string): string[] {
  if (!isLevels(error)) return [];
  return [...config.entries.values()].flatMap(e =>
    (e.value instanceof List || e.value instanceof Tuple) && e.value.items.length > 1 ? [join(path, String(plain(e.key)))] : [],
  );
}
const isLevels = (error: ModelError): boolean =>
  (error.type === 'IndexError' && /index out of range/.test(error.message)) ||
  (error.type === 'AssertionError' && /\blen\(/.test(error.source ?? ''));

/**
 * A dict within that a library built from (`norm_cfg`, `act_cfg`, `plugins`), where the module's path or the sentence tells of it: the constructor that failed is
 * not the dict's own.
 */
function inner(error: ModelError, config: Dict, path: string): string[] {
  const held = [...config.entries.values()].map(e => ({ key: String(plain(e.key)), value: e.value }));
  const told = `${error.where ?? ''} ${error.message} ${error.source ?? ''} ${error.at ?? ''}`;
  return held.flatMap(({ key, value }) => {
    const stem = /^(\w+?)_?cfg$/.exec(key)?.[1];
    if (stem !== undefined && value instanceof Dict) {
      const type = String(plain(value.get('type') ?? '')),
        has = [...value.entries.values()].map(e => String(plain(e.key))).find(k => k !== 'type' && error.message.includes(`'${k}'`));
      const asks = STEMS[stem]?.test(told) || (type !== '' && error.class === type);
      if (has !== undefined) return [join(path, `${key}.${has}`), join(path, key)];
      return asks ? [join(path, type ? `${key}.type` : key), join(path, key)] : [];
    }
    return key === 'plugins' && value !== null && /plugin|\bstages\b/i.test(told) ? [join(path, key)] : [];
  });
}
const STEMS: Readonly<Record<string, RegExp>> = {
  norm: /norm/i,
  act: /activate|act_|activation/i,
  conv: /conv_(?:layer|cfg)/i,
};

/** `in_channels` of `assert len(inputs) == len(self.in_channels)`, looked for in the part that failed. */
function ofForward(error: ModelError, part: string, model: Value): string[] {
  const [config, path] = dictAt(model, error.where ?? '');
  if (!config) return part ? [part, ...before(part)] : [];
  return [...mentioned(error, config).map(k => join(path, k)), ...lists(error, config, path), ...before(part), path, part];
}

/** The config's dict for a module, or for the nearest one around it. */
function dictAt(model: Value, where: string): readonly [Dict | null, string] {
  let at: Dict | null = null,
    path = '';
  for (const step of where.split('.')) {
    const next: Value = (at ?? (model instanceof Dict ? model : null))?.get(step) ?? null;
    if (!(next instanceof Dict)) break;
    at = next;
    path = join(path, step);
  }
  return [at, path];
}

/** The part whose output a part takes: the other side of what does not fit. */
const before = (part: string): string[] =>
  part === 'neck' ? ['backbone.out_indices', 'backbone'] : part.endsWith('head') ? ['neck', 'backbone.out_indices'] : [];
const unique = (paths: readonly string[]): string[] => [...new Set(paths)];

/** Keys of a dict that the failing line or the message names, the message's first. */
function mentioned(error: ModelError, config: Dict): string[] {
  const keys = [...config.entries.values()].map(e => String(plain(e.key)));
  const words = [...error.message.matchAll(/[A-Za-z_]\w*/g), ...(error.source ?? '').matchAll(/[A-Za-z_]\w*/g)].map(m => m[0]);
  return [...new Set(words)].filter(w => w !== 'type' && keys.includes(w));
}

const join = (path: string, key: string): string => (path ? `${path}.${key}` : key);
