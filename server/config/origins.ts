/** Where the parts of a resolved config come from, and what stands at a place in its text. */
import { hash } from '../python/operate.ts';
import { Dict, type Entry, type Written } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Site, Value } from '../python/value.ts';
import type { ConfigPath, Origin, ResolvedConfig } from './resolved.ts';
import { elementSite, literalsOf, sameSite, siteOfValue } from './sites.ts';

/** A resolved config, or what one is at some place of its text. */
type Whole = Pick<ResolvedConfig, 'value'>;

export function valueAt({ value }: Whole, path: ConfigPath): Value | undefined {
  return path.reduce<Value | undefined>((at, step) => (at === undefined ? undefined : child(at, step)), value);
}
function child(of: Value, step: string | number): Value | undefined {
  if (of instanceof Dict) return of.get(step) ?? (typeof step === 'number' ? undefined : of.get(Number(step)));
  return (of instanceof List || of instanceof Tuple) && typeof step === 'number'
    ? of.items[step < 0 ? step + of.items.length : step]
    : undefined;
}

/**
 * The origin of the value at a path. What was made and not written (an entry of a comprehension) has the origin of its literal, else of what is nearest around it.
 * Undefined where there is no such path.
 */
export function originAt({ value }: Whole, path: ConfigPath): Origin | undefined {
  let at: Value = value;
  let origin: Origin | undefined;
  for (const step of path) {
    const next = child(at, step);
    if (next === undefined) return undefined;
    const found =
      at instanceof Dict
        ? ofEntry(at.entries.get(hash(step)), next)
        : at instanceof List || at instanceof Tuple
          ? ofElement(at, step, next)
          : null;
    origin = found ?? ofValue(next) ?? origin;
    at = next;
  }
  return origin;
}

/** What was not written as an entry, `dict([('a', 1)])`, has a key all the same that may have been written as a text. */
function ofEntry(entry: Entry | undefined, value: Value): Origin | null {
  const written = entry?.written;
  if (written)
    return { key: written.key, value: written.value, literals: elsewhere(value, written.value), overrides: overridden(written.before) };
  const key = entry && siteOfValue(entry.key),
    made = ofValue(value);
  return key && made ? { ...made, key } : made;
}
const overridden = (written: Written | null): Origin | null =>
  written && { key: written.key, value: written.value, literals: [], overrides: overridden(written.before) };

function ofElement(sequence: List | Tuple, step: string | number, value: Value): Origin | null {
  const site = elementSite(sequence, Number(step) < 0 ? Number(step) + sequence.items.length : Number(step));
  return site && { key: site, value: site, literals: elsewhere(value, site), overrides: null };
}
function ofValue(value: Value): Origin | null {
  const site = siteOfValue(value);
  return site && { key: site, value: site, literals: elsewhere(value, site), overrides: null };
}
/** The literals of a value that was not written as one. Those inside of the expression itself come first. */
function elsewhere(value: Value, written: Site): readonly Site[] {
  const literals = literalsOf(value);
  if (literals.length === 1 && literals[0] && sameSite(literals[0], written)) return [];
  const inside = (s: Site): boolean => s.file === written.file && s.start >= written.start && s.end <= written.end;
  return [...literals.filter(inside), ...literals.filter(s => !inside(s))];
}

/** Paths whose key or value covers a place in a file, the innermost last; of two ranges of one size, the longer path. What a variable hands on is found at each place it went to. */
export function pathsAt(config: Whole, file: string, offset: number): readonly ConfigPath[] {
  const found: { readonly path: ConfigPath; readonly size: number }[] = [];
  const covers = (site: Site | null): number =>
    site && site.file === file && site.start <= offset && offset <= site.end ? site.end - site.start : Infinity;
  const walk = (value: Value, path: ConfigPath, depth: number): void => {
    if (depth > DEEPEST) return;
    if (value instanceof Dict) {
      for (const [k, e] of value.entries) {
        const here = [...path, typeof k === 'number' ? k : String(k)];
        const size = Math.min(covers(e.written?.key ?? null), covers(e.written?.value ?? null), covers(siteOfValue(e.value)));
        if (size < Infinity) found.push({ path: here, size });
        walk(e.value, here, depth + 1);
      }
    } else if (value instanceof List || value instanceof Tuple) {
      value.items.forEach((item, i) => {
        const size = Math.min(covers(elementSite(value, i)), covers(siteOfValue(item)));
        if (size < Infinity) found.push({ path: [...path, i], size });
        walk(item, [...path, i], depth + 1);
      });
    }
  };
  walk(config.value, [], 0);
  return found.sort((a, b) => b.size - a.size || a.path.length - b.path.length).map(f => f.path);
}
const DEEPEST = 900;
