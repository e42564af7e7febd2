/** The bases of a text-style, JSON or YAML config: found, loaded and put together. */
import { repr, typeName } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { List } from '../python/types/list.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site, Value } from '../python/value.ts';
import { baseFile } from './base-path.ts';
import { ConfigDict } from './config-dict.ts';
import type { ConfigContext } from './context.ts';
import { attempt, unknownEntries } from './evaluate.ts';
import { load, type Parent } from './load.ts';
import { addBase, asBase } from './merge.ts';
import { problem, textOfKeyError } from './problem.ts';
import { readPython } from './read-python.ts';
import type { ConfigProblem } from './resolved.ts';
import { elementSite } from './sites.ts';

export interface Bases {
  readonly value: ConfigDict;
  readonly problems: readonly ConfigProblem[];
  readonly chain: readonly string[];
  readonly sources: ReadonlyMap<string, string | null>;
}

export const noBases = (): Bases => ({ value: new ConfigDict(), problems: [], chain: [], sources: new Map() });

/** `told`: the value of `_base_`; `site`: where it is written. */
export function loadBases(context: ConfigContext, file: string, told: Value, site: Site, parent: Parent | null): Bases {
  const value = new ConfigDict();
  const problems: ConfigProblem[] = [];
  const chain: string[] = [];
  const sources = new Map<string, string | null>();
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
      if (found.file !== null) sources.set(found.file, context.host.version(found.file));
      fail('base-not-found', found.errorType, found.message, at, { subject: text });
      continue;
    }
    if (files.includes(found.file)) {
      sources.set(found.file, context.host.version(found.file));
      fail('base-cycle', 'RecursionError', 'maximum recursion depth exceeded', at, { subject: text });
      continue;
    }
    if (isLazy(context, found.file)) {
      sources.set(found.file, context.host.version(found.file));
      fail('base-mixed-style', 'RuntimeError', mixedStyle(found.file), at, { subject: text });
      continue;
    }
    const flaw = context.host.flaw?.(found.file) ?? null;
    if (flaw?.kind === 'error' && flaw.at === null) {
      sources.set(found.file, context.host.version(found.file));
      fail('base-not-found', flaw.errorType, flaw.message, at, { subject: text });
      continue;
    }
    const base = load(context, found.file, { files, style: 'text' });
    problems.push(...base.problems);
    for (const one of base.chain) if (!chain.includes(one)) chain.push(one);
    for (const [one, version] of base.sources) sources.set(one, version);
    if (base.problems.length) value.incomplete ??= `${text} has errors`;
    const next = attempt(
      context,
      at,
      made => void problems.push(made),
      reason => unknownEntries(base.value, reason),
      () => asBase(base.value, found.scope),
    );
    const before = new Map([...value.entries].map(([k, e]) => [k, e.written] as const));
    const shared = addBase(value, next);
    if (!shared.length) continue;
    const related = shared.flatMap(k =>
      [before.get(k), next.entries.get(k)?.written].flatMap(w => (w ? [{ site: w.key, message: `\`${String(k)}\` is written here` }] : [])),
    );
    const message = `Duplicate key is not allowed among bases. Duplicate keys: {${shared.map(k => repr(next.entries.get(k)?.key ?? null)).join(', ')}}`;
    problems.push(
      problem('base-duplicate-key', 'KeyError', textOfKeyError(message), at, { related, subject: shared.map(String).join(', ') }),
    );
  }
  return { value, problems, chain, sources };
}

function isLazy(context: ConfigContext, file: string): boolean {
  const text = file.endsWith('.py') ? context.host.read(file) : null;
  return text !== null && readPython(context, file, text).style === 'lazy';
}

const mixedStyle = (file: string): string =>
  'The configuration file type in the inheritance chain must match the current configuration file type, either "lazy_import" or non-"lazy_import". You got this error since you use the syntax like `with read_base(): ...` ' +
  `or import non-builtin module in ${file}. See more information in https://mmengine.readthedocs.io/en/latest/advanced_tutorials/config.html`;
