/** How mmengine puts a config and its bases together: `_merge_a_into_b`, what a base is made into before its child sees it, and `{{ _base_.x }}`. */
import { Raised, raise } from '../python/exception.ts';
import { meter } from '../python/meter.ts';
import { getItem, nested, repr, truth, typeOf } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { Stop } from '../python/stop.ts';
import { Dict, type Entry, type Written } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Key, Site, Value } from '../python/value.ts';
import { BaseVariable } from './base-variable.ts';
import { ConfigDict } from './config-dict.ts';
import { emptyLike, withItems } from './copy.ts';
import { problem, textOfKeyError, topOf } from './problem.ts';
import type { ConfigProblem } from './resolved.ts';
import { Settling } from './settle.ts';

type Report = (problem: ConfigProblem) => void;

/** Entries of an unsettled base that are settled all the same, and whether nothing in them is unknown. */
export interface Kept {
  readonly entries: ReadonlyMap<Key, Entry>;
  readonly certain: boolean;
}

/**
 * The child's entries over the base's: neither is changed. The dicts of the child lose `_delete_` where the base has their key. What of the base the child does not
 * name is the base's own value.
 */
export function mergeInto(
  child: Dict,
  base: Dict,
  file: string,
  report: Report,
  kept: Kept | null = null,
  settling = new Settling(Infinity, false),
): ConfigDict {
  return new Merging(file, report, settling, false).merge(child, base, null, kept);
}

/** `merge_from_dict`: as a child's entries, and `'0'` in a dict stands for the first item where the base has a list. */
export function mergeOptionsInto(options: Dict, config: Dict, file: string, report: Report): ConfigDict {
  return new Merging(file, report, new Settling(Infinity, false), true).merge(options, config, null, null);
}

class Merging {
  readonly #file: string;
  readonly #report: Report;
  readonly #settling: Settling;
  readonly #mayIndex: boolean;
  constructor(file: string, report: Report, settling: Settling, mayIndex: boolean) {
    this.#file = file;
    this.#report = report;
    this.#settling = settling;
    this.#mayIndex = mayIndex;
  }

  merge(child: Dict, base: Dict, without: typeof DELETE | null, kept: Kept | null): ConfigDict {
    const settling = this.#settling;
    const isSettled = base instanceof ConfigDict && base.settled;
    const entries: Map<Key, Entry> = isSettled ? new Map(base.entries) : new Map();
    const out = new ConfigDict(entries);
    out.site = child.site ?? base.site;
    if (base instanceof ConfigDict) out.incomplete = base.incomplete;
    settling.fill(out, () => {
      if (isSettled) settling.holds(base);
      else base.entries.forEach((e, k) => void entries.set(k, kept?.entries.get(k) === e ? e : settling.entry(e)));
      if (kept && !kept.certain) settling.doubts();
      child.entries.forEach((mine, k) => {
        if (k === without) return;
        const its = entries.get(k);
        entries.set(k, { key: mine.key, value: this.#merged(mine, its), written: over(mine.written, its ? its.written : null) });
      });
    });
    return out;
  }

  #merged(mine: Entry, its: Entry | undefined): Value {
    const { value } = mine;
    if (!(value instanceof Dict)) return this.#settling.value(value);
    if (!its) return this.#settling.dict(value);
    const removal = value.entries.get(DELETE)?.value;
    if (removal instanceof UnknownValue) return this.#settling.value(removal);
    if (removal !== undefined && truth(removal)) return this.#settling.dict(value, DELETE);
    if (its.value instanceof UnknownValue) return this.#settling.value(its.value);
    const base = its.value;
    if (base instanceof Dict) return nested('', () => this.merge(value, base, DELETE, null));
    if (this.#mayIndex && base instanceof List) return nested('', () => this.#intoList(this.#settling.dict(value, DELETE), base, mine));
    const settled = this.#settling.dict(value, DELETE),
      key = String(plain(mine.key)),
      kind = repr(typeOf(base));
    this.#report(
      problem(
        'merge-type-conflict',
        'TypeError',
        `${key}=${textOf(settled)} in child config cannot inherit from base because ${key} is a dict in the child config but is of type ${kind} in base config. You may set \`_delete_=True\` to ignore the base config.`,
        mine.written?.key ?? topOf(this.#file),
        { subject: key, related: its.written ? [{ site: its.written.value, message: `here \`${key}\` is no dict` }] : [] },
      ),
    );
    return settled;
  }

  /** The items that `child` names by their index, over the list's own. What does not go in leaves the list as it is. */
  #intoList(child: Dict, base: List, at: Entry): List {
    const items = base.items.slice();
    for (const { key, value } of child.entries.values()) {
      const index = /^\d+$/.test(String(plain(key))) ? Number(plain(key)) : Number.NaN,
        item = plain(items[index] ?? null);
      if (Number.isNaN(index)) return this.#refused(base, at, 'TypeError', 'list indices must be integers or slices, not str');
      if (index >= items.length)
        return this.#refused(base, at, 'KeyError', textOfKeyError(`Index ${index} exceeds the length of list ${repr(base)}`));
      if (!(item instanceof Dict || item instanceof List))
        return this.#refused(base, at, 'AttributeError', `'${typeOf(item).name}' object has no attribute 'copy'`);
      if (!(value instanceof Dict))
        return this.#refused(base, at, 'AttributeError', `'${typeOf(value).name}' object has no attribute 'items'`);
      items[index] = nested('', () => (item instanceof Dict ? this.merge(value, item, null, null) : this.#intoList(value, item, at)));
    }
    return withItems(base, items);
  }

  #refused(base: List, { key, written }: Entry, type: string, message: string): List {
    this.#report(problem('merge-type-conflict', type, message, written?.key ?? topOf(this.#file), { subject: String(plain(key)) }));
    return base;
  }
}
const DELETE = '_delete_';

/** Where it holds what is not known, it has no text. */
function textOf(value: Dict): string {
  try {
    return repr(value);
  } catch (e) {
    if (e instanceof Stop) return '{...}';
    throw e;
  }
}

/** What was written earlier comes after the earliest of the child's own. */
export function over(written: Written | null, before: Written | null): Written | null {
  if (!written || written === before) return before;
  if (!before || sameSite(written.key, before.key)) return written;
  return { ...written, before: over(written.before, before) };
}
const sameSite = (a: Site, b: Site): boolean => a.file === b.file && a.start === b.start && a.end === b.end;

/**
 * A config's value as its child sees it: settled, and the same for all of its children. From another package, `scope`, its dicts get `_scope_`: on each way down the
 * first that has a `type` and no `_scope_` of its own. Without `scope`: as a lazy config's child has it.
 */
export function asBase(value: Dict, scope: string | null = null): ConfigDict {
  if (scope && value.entries.has('type')) throw raise('AttributeError', "'dict' object has no attribute '_scope_'");
  if (!scope && value instanceof ConfigDict && value.settled) return value;
  let known = bases.get(value);
  if (!known) bases.set(value, (known = new Map()));
  let made = known.get(scope);
  if (!made) {
    made = ofDict(value, scope, true);
    known.set(scope, made);
  }
  return made;
}
const bases = new WeakMap<Dict, Map<string | null, ConfigDict>>();

function based(value: Value, scope: string | null, mayScope: boolean): Value {
  if (value instanceof List || value instanceof Tuple)
    return nested('', () =>
      withItems(
        value,
        value.items.map(v => based(v, scope, mayScope)),
      ),
    );
  return value instanceof Dict ? ofDict(value, scope, mayScope) : value;
}
function ofDict(value: Dict, scope: string | null, mayScope: boolean): ConfigDict {
  const scopes = mayScope && scope !== null;
  if (!scopes && value instanceof ConfigDict && value.settled) return value;
  meter.step();
  const typed = scopes && value.entries.has('type');
  const out = new ConfigDict();
  out.site = value.site;
  out.settled = true;
  if (value instanceof ConfigDict) {
    out.incomplete = value.incomplete;
    out.certain = value.certain;
  }
  nested('', () => {
    for (const [k, e] of value.entries)
      out.entries.set(k, { key: e.key, value: based(e.value, scope, scopes && !typed), written: e.written });
  });
  if (typed && (out.get('_scope_') ?? null) === null) out.entries.set('_scope_', { key: '_scope_', value: scope, written: null });
  return out;
}

/** A config's own value, copied, with the strings that stand for `{{ _base_.a.b }}` replaced by what the bases have there. */
export function withBaseVariables(
  value: Dict,
  placeholders: ReadonlyMap<string, string>,
  base: Dict,
  report: (exception: Raised, site: Site | null) => void,
): Dict {
  const copy = (v: Value, site: Site | null): Value => {
    if (v instanceof Dict) return nested('', () => copyOf(v));
    if (v instanceof List || v instanceof Tuple)
      return nested('', () =>
        withItems(
          v,
          v.items.map(i => copy(i, site)),
        ),
      );
    const text = placeholders.size ? plain(v) : null;
    if (typeof text !== 'string' && !(text instanceof BaseVariable)) return v;
    const variable = text instanceof BaseVariable ? text.variable : placeholders.get(text);
    if (variable === undefined) {
      const inside = typeof text === 'string' && [...placeholders.keys()].some(p => text.includes(p));
      return inside ? new UnknownValue('a base variable inside of a longer text', site) : v;
    }
    try {
      return variable.split('.').reduce<Value>((at, key) => getItem(at, key), base);
    } catch (e) {
      if (!(e instanceof Raised)) throw e;
      report(e, site);
      return new UnknownValue(`{{ _base_.${variable} }}`, site);
    }
  };
  const copyOf = (dict: Dict): Dict => {
    const out = emptyLike(dict);
    for (const [k, e] of dict.entries)
      out.entries.set(k, { key: e.key, value: copy(e.value, e.written?.value ?? null), written: e.written });
    return out;
  };
  return copyOf(value);
}
