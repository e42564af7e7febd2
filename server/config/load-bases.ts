/** The bases of a text-style, JSON or YAML config: found, loaded and put together. */
import { repr, typeName } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import type { Entry } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Key, Site, Value } from '../python/value.ts';
import { baseFile } from './base-path.ts';
import { ConfigDict } from './config-dict.ts';
import type { ConfigContext } from './context.ts';
import { attempt, unknownEntries } from './evaluate.ts';
import { load, type Parent } from './load.ts';
import { asBase, type Kept } from './merge.ts';
import { problem, textOfKeyError } from './problem.ts';
import type { ConfigProblem } from './resolved.ts';
import { unsettled } from './settle.ts';
import { elementSite } from './sites.ts';
import { NOTHING, type Touched } from './touched.ts';

export interface Bases {
  /** What `_base_` is to the config's statements. */
  readonly value: ConfigDict;
  /** Of its entries, as they came, those that the statements cannot change: the bases' own. */
  readonly kept: Kept;
  readonly problems: readonly ConfigProblem[];
  readonly chain: readonly string[];
  readonly sources: ReadonlyMap<string, string | null>;
  /** Files of modules that statements import. */
  readonly modules: readonly string[];
  /** Whether some of these modules are not as their import has left them. */
  readonly changesModules: boolean;
}

export const noBases = (): Bases => ({
  value: new ConfigDict(),
  kept: { entries: new Map(), certain: true },
  problems: [],
  chain: [],
  sources: new Map(),
  modules: [],
  changesModules: false,
});

/** `told`: the value of `_base_`; `site`: where it is written; `touched`: what of them the config's statements may change. `reads`: see `onlyReads`. */
export function loadBases(
  context: ConfigContext,
  file: string,
  told: Value,
  site: Site,
  parent: Parent | null,
  touched: Touched = NOTHING,
  reads = false,
): Bases {
  const value = new ConfigDict();
  const kept = new Map<Key, Entry>();
  let certain = true;
  const problems: ConfigProblem[] = [];
  const chain: string[] = [];
  const sources = new Map<string, string | null>();
  const modules = new Set<string>();
  let changesModules = false;
  const files = [...(parent?.files ?? []), file];
  const paths = told instanceof List ? told.items.map((path, i) => ({ path, site: elementSite(told, i) ?? site })) : [{ path: told, site }];
  const fail = (...made: Parameters<typeof problem>): void => {
    problems.push(problem(...made));
    value.incomplete = `a base of ${file.split('/').at(-1) ?? file} could not be read`;
  };
  for (const { path, site: at } of paths) {
    const text = plain(path);
    if (text instanceof UnknownValue) {
      value.incomplete ??= text.reason;
      continue;
    }
    if (typeof text !== 'string') {
      fail('evaluation-error', 'TypeError', `join() argument must be str, bytes, or os.PathLike object, not '${typeName(path)}'`, at);
      continue;
    }
    const found = baseFile(context, file, text);
    if (found.kind === 'missing') {
      if (found.file !== null) sources.set(found.file, context.moment.version(found.file));
      fail('base-not-found', found.errorType, found.message, at, { subject: text });
      continue;
    }
    if (files.includes(found.file)) {
      sources.set(found.file, context.moment.version(found.file));
      fail('base-cycle', 'RecursionError', 'maximum recursion depth exceeded', at, { subject: text });
      continue;
    }
    const base = load(context, found.file, { files, style: 'text' });
    if (base.style === 'lazy') {
      sources.set(found.file, context.moment.version(found.file));
      fail('base-mixed-style', 'RuntimeError', mixedStyle(found.file), at, { subject: text });
      continue;
    }
    const flaw = context.host.flaw?.(found.file) ?? null;
    if (flaw?.kind === 'error' && flaw.at === null) {
      sources.set(found.file, context.moment.version(found.file));
      fail('base-not-found', flaw.errorType, flaw.message, at, { subject: text });
      continue;
    }
    problems.push(...base.problems);
    for (const one of base.chain) if (!chain.includes(one)) chain.push(one);
    for (const [one, version] of base.sources) sources.set(one, version);
    for (const one of base.modules ?? []) modules.add(one);
    changesModules ||= base.changesModules ?? false;
    if (base.problems.length) value.incomplete ??= `${text} has errors`;
    const next =
      base.value instanceof ConfigDict && base.value.settled && found.scope === null
        ? base.value
        : attempt(
            context,
            at,
            made => void problems.push(made),
            reason => unknownEntries(base.value, reason),
            () => asBase(base.value, found.scope),
          );
    value.incomplete ??= next.incomplete;
    certain &&= next.certain;
    // `ConfigDict.update` of the bases with one more: they share no key.
    const shared: Key[] = [];
    next.entries.forEach((e, k) => {
      if (value.entries.has(k)) shared.push(k);
      else if (!(reads && next.settled && found.scope === null) && (touched === 'all' || touched.has(String(k))))
        value.entries.set(k, { key: e.key, value: unsettled(e.value, found.scope), written: e.written });
      else {
        value.entries.set(k, e);
        kept.set(k, e);
      }
    });
    if (!shared.length) continue;
    const related = shared.flatMap(k =>
      [value.entries.get(k)?.written, next.entries.get(k)?.written].flatMap(w =>
        w ? [{ site: w.key, message: `\`${String(k)}\` is written here` }] : [],
      ),
    );
    const message = `Duplicate key is not allowed among bases. Duplicate keys: {${shared.map(k => repr(next.entries.get(k)?.key ?? null)).join(', ')}}`;
    problems.push(
      problem('base-duplicate-key', 'KeyError', textOfKeyError(message), at, { related, subject: shared.map(String).join(', ') }),
    );
  }
  return { value, kept: { entries: kept, certain }, problems, chain, sources, modules: [...modules], changesModules };
}

const mixedStyle = (file: string): string =>
  'The configuration file type in the inheritance chain must match the current configuration file type, either "lazy_import" or non-"lazy_import". You got this error since you use the syntax like `with read_base(): ...` ' +
  `or import non-builtin module in ${file}. See more information in https://mmengine.readthedocs.io/en/latest/advanced_tutorials/config.html`;
