/** Which config paths a failure is about, most likely first. Paths are relative to `model`. */

import type { Exception } from '../python/exception.ts';
import { str } from '../python/operate.ts';
import { originOf, plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { Unseen } from '../python/unseen.ts';
import type { Value } from '../python/value.ts';
import { blameOf } from '../torch/fault.ts';
import { statementAt } from './build-place.ts';
import { isTold } from './failure.ts';
import { loopsAround } from './loops-around.ts';
import type { Place } from './network.ts';
import type { ModelError } from './verdict.ts';

/** For a failure with sizes that do not agree: the side that takes them first, numbers in lists before factors. `part`: `neck`, of the module that failed. */
export function ranked(paths: readonly string[], part: string): string[] {
  const weight = (path: string): number =>
    (path.startsWith(`${part}.`) || path.startsWith(`${part}[`) ? 0 : 100) +
    (/\]$/.test(path) ? 0 : /widen_factor|factor|ratio/.test(path) ? 10 : 5);
  return [...new Set(paths)].sort((a, b) => weight(a) - weight(b));
}

/** `read`: a file's text. */
export function blameFor(
  exception: Exception,
  error: ModelError,
  place: Place,
  model: Value,
  read: (file: string) => string | null,
): readonly string[] {
  const sizes = blameOf(exception),
    part = error.where?.split('.')[0] ?? '';
  if (sizes.length) return unique([...oddFactor(sizes, model), ...ranked(sizes, part), ...before(part)]);
  const carried = ranked(
    exception.args.flatMap(v => (originOf(v) ?? []).filter(s => typeof s === 'string')),
    part,
  );
  const compared = comparedPaths(exception),
    lacking = pathOf(exception.lacking),
    makes = exception.traceback.map(t => t.name).filter(name => /^build_\w+_layer$/.test(name));
  const handed = ofHanded(exception, error),
    // A key that a dict of the library's own lacks came from somewhere.
    key = error.type === 'KeyError' && NATIVE_KEY.test(error.message) ? carried : [];
  const told =
    place.stage === 'build'
      ? ofBuilding(error, place, compared, makes, overIn(exception, error, read), givenIn(exception, error, read))
      : ofForward(error, part, model, compared);
  return unique([...(lacking === undefined ? [] : [lacking]), ...handed, ...key, ...told, ...carried]);
}

const NATIVE_KEY = /^'[^' ]*'$|^-?\d+$/;

/** What was handed on by `**` to a call that cannot take it: the argument itself, else the dict that it is missing in. */
function ofHanded({ handed }: Exception, { message }: ModelError): string[] {
  const refused = /unexpected keyword argument '(\w+)'|multiple values for (?:keyword )?argument '(\w+)'/.exec(message),
    name = refused?.[1] ?? refused?.[2];
  const missing = [...(/missing \d+ required (?:positional|keyword-only) arguments?: (.*)$/.exec(message)?.[1] ?? '').matchAll(/'(\w+)'/g)];
  if (name === undefined && !missing.length && message !== "'NoneType' object is not callable") return [];
  return handed.flatMap(dict => {
    if (!(dict instanceof Dict)) return [];
    const path = pathOf(dict),
      value = name === undefined ? undefined : dict.get(name);
    if (name !== undefined) {
      const own = value === undefined ? undefined : (pathOf(value) ?? (path && join(path, name)));
      // What a builder adds of its own accord, `train_cfg`, is another part's.
      return own === undefined || !own.includes('.') ? [] : [own, ...(path === undefined ? [] : [join(path, 'type')])];
    }
    return path ? [path, ...missing.map(([, argument = '']) => join(path, argument))] : [];
  });
}

/** An index past the end is one of a loop's. */
function overIn({ traceback }: Exception, { type }: ModelError, read: (file: string) => string | null): string {
  const last = type === 'IndexError' ? traceback.find(isTold) : undefined;
  return last ? loopsAround(read(last.file) ?? '', last.span.line).join(' ') : '';
}

/** The right side of the statement that was about to set the attribute; null where it was set otherwise. */
function givenIn({ traceback }: Exception, { where }: ModelError, read: (file: string) => string | null): string | null {
  const attribute = where?.split('.').at(-1);
  for (const { file, span } of traceback.filter(isTold)) {
    const [, name, given] = SETS.exec(statementAt(read(file) ?? '', span.line)) ?? [];
    if (name !== undefined && name === attribute) return given ?? null;
  }
  return null;
}
const SETS = /^self\.(\w+)\s*=(?!=)\s*(.*)$/s;

const pathOf = (value: Value): string | undefined => originOf(value)?.find(s => typeof s === 'string');

/** Where the sides of the comparison come from that the failure rests on; of several, that which differs from all others first. */
function comparedPaths({ compared }: Exception): readonly string[] {
  const sides = compared.map(({ value }) => ({
    value: value instanceof Unseen ? value : plain(value),
    paths: (originOf(value) ?? []).filter(s => typeof s === 'string'),
  }));
  const alone = sides.length > 2 ? sides.filter(s => sides.every(o => o === s || o.value !== s.value)) : [];
  const odd = alone.length === 1 ? alone : [];
  return unique([...odd, ...sides].flatMap(({ paths }) => paths));
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
function ofBuilding(
  error: ModelError,
  place: Place,
  compared: readonly string[],
  makes: readonly string[],
  over: string,
  given: string | null,
): string[] {
  // The outermost is the model itself, whose path is empty; other dicts without a path are a library's own.
  const dicts = [...place.building.entries()].reverse().flatMap(([depth, { config, name }]) => {
    const path = depth === 0 ? '' : pathOf(config);
    return config instanceof Dict && path !== undefined ? [{ config, path, name }] : [];
  });
  const [innermost] = dicts;
  if (!innermost) return [];
  const within = inner(error, innermost.config, innermost.path, makes);
  const keyword = /unexpected keyword argument '(\w+)'|multiple values for (?:keyword )?argument '(\w+)'/.exec(error.message),
    key = keyword?.[1] ?? keyword?.[2];
  if (key !== undefined) {
    const owner = dicts.find(d => d.config.get(key) !== undefined);
    if (!owner) return [...within, innermost.path];
    const own = join(owner.path, key),
      from = pathOf(owner.config.get(key) ?? null),
      type = join(owner.path, 'type');
    return from === undefined || from === own ? [own, type] : [type, from, own];
  }
  const type = join(innermost.path, 'type');
  if (/is not in the .* registry/.test(error.message)) return innermost.name === null ? [type] : [...within, innermost.path];
  if (/must contain the key "type"/.test(error.message) && innermost.config.get('type') === undefined) return [innermost.path, type];
  const lacking = /missing \d+ required (?:positional|keyword-only) arguments?: (.*)$/.exec(error.message)?.[1];
  if (lacking !== undefined) {
    const [first, ...others] = [...lacking.matchAll(/'(\w+)'/g)].map(m => join(innermost.path, m[1] ?? ''));
    return [
      ...setFrom(error, given, innermost.config, innermost.path),
      innermost.path,
      ...(first === undefined ? [] : [first]),
      type,
      ...others,
    ];
  }
  const named = dicts.flatMap(d => mentioned(error, d.config, over).map(k => join(d.path, k)));
  // A class that does not take these: its type may be what was changed.
  return [
    // What was compared has another side than the dict within.
    ...(compared.length ? within.slice(0, 1) : within),
    ...setFrom(error, given, innermost.config, innermost.path),
    ...(compared.length ? compared.slice(0, 2) : named.slice(0, 1)),
    type,
    ...within,
    ...compared,
    ...named,
    ...lists(error, innermost.config, innermost.path),
    innermost.path,
  ];
}

/**
 * The key that the attribute being set is called after: `self.decoder_positional_encoding = SinePositionalEncoding(**positional_encoding)`. What is set from something else,
 * `self.width = 3`, is no matter of the key.
 */
function setFrom({ where }: ModelError, given: string | null, config: Dict, path: string): string[] {
  const attribute = where?.split('.').at(-1) ?? '';
  const keys = [...config.entries.values()].map(e => String(plain(e.key)));
  return keys
    .filter(key => key !== 'type' && (attribute === key || attribute.endsWith(`_${key}`)))
    .filter(key => given === null || new RegExp(String.raw`\b${key}\b`).test(given))
    .map(key => join(path, key));
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
function inner(error: ModelError, config: Dict, path: string, makes: readonly string[]): string[] {
  const held = [...config.entries.values()].map(e => ({ key: String(plain(e.key)), value: e.value }));
  const told = `${error.where ?? ''} ${error.message} ${error.source ?? ''} ${error.at ?? ''} ${makes.join(' ')}`;
  const classless = /^'(\w+)' object has no attribute/.exec(error.message)?.[1];
  return held.flatMap(({ key, value }) => {
    // What was built from this dict is another thing than its user takes.
    if (classless !== undefined && value instanceof Dict && plain(value.get('type') ?? null) === classless)
      return [join(path, `${key}.type`)];
    const stem = /^(\w+?)_?cfg$/.exec(key)?.[1];
    if (stem !== undefined && value instanceof Dict) {
      const type = String(plain(value.get('type') ?? '')),
        has = [...value.entries.values()].map(e => String(plain(e.key))).find(k => k !== 'type' && names(error.message, k));
      const asks = STEMS[stem]?.test(told) || (type !== '' && error.class === type);
      if (has !== undefined) return [join(path, `${key}.${has}`), join(path, `${key}.type`), join(path, key)];
      return asks ? [join(path, type ? `${key}.type` : key), join(path, key)] : [];
    }
    return key === 'plugins' && value !== null && /plugin|\bstages\b/i.test(told) ? [join(path, key)] : [];
  });
}
/** In quotes, or as a word that is no word of plain English. */
const names = (message: string, key: string): boolean =>
  message.includes(`'${key}'`) || (key.includes('_') && [...message.matchAll(/\w+/g)].some(([word]) => word === key));
const STEMS: Readonly<Record<string, RegExp>> = {
  norm: /norm/i,
  act: /activate|act_|activation/i,
  conv: /conv_(?:layer|cfg)/i,
};

/** `in_channels` of `assert len(inputs) == len(self.in_channels)`, looked for in the part that failed. */
function ofForward(error: ModelError, part: string, model: Value, compared: readonly string[]): string[] {
  const [config, path] = dictAt(model, error.where ?? '');
  if (!config) return [...compared, ...(part ? [part, ...before(part)] : [])];
  return [
    ...mentioned(error, config).map(k => join(path, k)),
    ...compared,
    ...lists(error, config, path),
    ...around(error, config, path, part),
    path,
    part,
  ];
}

/** What comes before, and what in the part itself decides on the width of its maps, on their size, or on what kind of thing it is. */
function around(error: ModelError, config: Dict, path: string, part: string): string[] {
  const [given, ...others] = before(part);
  const decides = DECIDING.find(({ told }) => told.test(error.message))?.keys;
  const isOtherThing = error.type === 'AttributeError' || error.type === 'TypeError';
  const keys = decides ? keysWithin(config, path, decides) : isOtherThing ? [join(path, 'type')] : [];
  const first = given === undefined ? [] : [given];
  return isOtherThing && !decides ? [...keys, ...first, ...others] : [...first, ...keys.slice(0, 2), ...others];
}
const DECIDING = [
  {
    told: /^Sizes of tensors must match|must match the size of tensor b \(\d+\) at non-singleton dimension [23]/,
    keys: /^(?:scale_factor|patch_size|strides?|dilations?|kernel_size|img_size|window_size)$/,
  },
  {
    told: /\] to have \d+ channels|shapes cannot be multiplied|running_mean should contain/,
    keys: /^widen_factor$|(?:^|_)(?:channels|dims)$/,
  },
];
const keysWithin = (config: Dict, path: string, wanted: RegExp): string[] =>
  [...config.entries.values()].flatMap(({ key, value }) => {
    const name = String(plain(key));
    if (value instanceof Dict) return keysWithin(value, join(path, name), wanted);
    return wanted.test(name) ? [join(path, name)] : [];
  });

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
function mentioned(error: ModelError, config: Dict, over = ''): string[] {
  const keys = [...config.entries.values()].map(e => String(plain(e.key)));
  // What a line sets is not what it fails by.
  const source = SETS.exec(error.source ?? '')?.[2] ?? error.source ?? '';
  const words = [...error.message.matchAll(/[A-Za-z_]\w*/g), ...`${source} ${over}`.matchAll(/[A-Za-z_]\w*/g)].map(m => m[0]);
  return [...new Set(words)].filter(w => w !== 'type' && keys.includes(w));
}

const join = (path: string, key: string): string => (path ? `${path}.${key}` : key);
