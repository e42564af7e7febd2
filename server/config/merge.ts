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
import { ConfigDict, configDictOf, hook } from './config-dict.ts';
import { emptyLike, withItems } from './copy.ts';
import { problem, topOf } from './problem.ts';
import type { ConfigProblem } from './resolved.ts';

type Report = (problem: ConfigProblem) => void;

/** The child's entries over the base's: neither is changed but for `_delete_`, which the child's dicts lose where the base has their key. */
export function mergeInto(child: Dict, base: Dict, file: string, report: Report): ConfigDict {
  const out = new ConfigDict();
  out.site = child.site ?? base.site;
  if (base instanceof ConfigDict) out.incomplete = base.incomplete;
  for (const [k, { key, value, written }] of base.entries) out.entries.set(k, { key, value, written });
  for (const [k, mine] of child.entries) {
    const its = out.entries.get(k);
    out.entries.set(k, { key: mine.key, value: merged(mine, its, file, report), written: over(mine.written, its?.written ?? null) });
  }
  return out;
}

function merged(mine: Entry, its: Entry | undefined, file: string, report: Report): Value {
  const { value } = mine;
  if (!(value instanceof Dict)) return hook(value);
  if (!its) return configDictOf(value);
  const removal = value.entries.get('_delete_')?.value;
  value.entries.delete('_delete_');
  if (removal instanceof UnknownValue) return removal;
  if (removal !== undefined && truth(removal)) return configDictOf(value);
  if (its.value instanceof UnknownValue) return its.value;
  const base = its.value;
  if (base instanceof Dict) return nested('', () => mergeInto(value, base, file, report));
  const key = String(plain(mine.key)),
    kind = repr(typeOf(base));
  report(
    problem(
      'merge-type-conflict',
      'TypeError',
      `${key}=${textOf(value)} in child config cannot inherit from base because ${key} is a dict in the child config but is of type ${kind} in base config. You may set \`_delete_=True\` to ignore the base config.`,
      mine.written?.key ?? topOf(file),
      { subject: key, related: its.written ? [{ site: its.written.value, message: `here \`${key}\` is no dict` }] : [] },
    ),
  );
  return configDictOf(value);
}

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
 * A config's value as its child sees it: copied through and through. From another package, `scope`, its dicts get `_scope_`: on each way down the first that has a
 * `type` and no `_scope_` of its own. Without `scope`: as a lazy config's child has it.
 */
export function asBase(value: Dict, scope?: string | null): ConfigDict {
  if (scope && value.entries.has('type')) throw raise('AttributeError', "'dict' object has no attribute '_scope_'");
  const out = based(value, scope, true);
  return out instanceof ConfigDict ? out : new ConfigDict();
}
function based(value: Value, scope: string | null | undefined, mayScope: boolean): Value {
  if (value instanceof List || value instanceof Tuple)
    return nested('', () =>
      withItems(
        value,
        value.items.map(v => based(v, scope, mayScope)),
      ),
    );
  if (!(value instanceof Dict)) return value;
  meter.step();
  const typed = mayScope && value.entries.has('type');
  const out = new ConfigDict();
  out.site = value.site;
  if (value instanceof ConfigDict) out.incomplete = value.incomplete;
  // Beside its entries, as mmengine has it: `_base_.model.scope` is this, whatever the entry of that name.
  if (scope !== undefined) out.attributes = new Map([['scope', scope]]);
  nested('', () => {
    for (const [k, e] of value.entries)
      out.entries.set(k, { key: e.key, value: based(e.value, scope, mayScope && !typed), written: e.written });
  });
  if (typed && scope && (out.get('_scope_') ?? null) === null) out.entries.set('_scope_', { key: '_scope_', value: scope, written: null });
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

/** `ConfigDict.update` of the bases with one more: they share no key. Answers with those that they do share. */
export function addBase(bases: ConfigDict, next: ConfigDict): readonly Key[] {
  const shared = [...next.entries.keys()].filter(k => bases.entries.has(k));
  for (const [k, e] of next.entries) if (!bases.entries.has(k)) bases.entries.set(k, e);
  if (next.incomplete !== null) bases.incomplete ??= next.incomplete;
  return shared;
}
