/** Configs as mmengine 0.10.7 reads them, without running Python: `Config.fromfile`, with an origin for every value. */
import { Box, plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';
import { ConfigDict, configDictOf } from './config-dict.ts';
import type { ConfigContext } from './context.ts';
import { Timestamp } from './data/timestamp.ts';
import { attempt, unknownEntries } from './evaluate.ts';
import { load } from './load.ts';
import { NamedClass } from './mmengine-modules.ts';
import { problem, textOfKeyError, topOf } from './problem.ts';
import type { ConfigProblem, ResolvedConfig, UnknownPart } from './resolved.ts';

export { type ConfigContext, type ConfigContextOptions, configContext } from './context.ts';
export type { ConfigPath, ConfigProblem, Origin, ResolvedConfig, UnknownPart } from './resolved.ts';

/** `file`: absolute, with `/`. Throws nothing but the `Stop` of a run that was cancelled. */
export function resolveConfig(context: ConfigContext, file: string): ResolvedConfig {
  context.moment.begin();
  return resolveNow(context, file);
}

/** Several, one by one, as the disk is when the first is asked for. */
export function* resolveConfigs(context: ConfigContext, files: Iterable<string>): Generator<ResolvedConfig, void> {
  context.moment.begin();
  for (const file of files) yield resolveNow(context, file);
}

function resolveNow(context: ConfigContext, file: string): ResolvedConfig {
  const known = context.resolved.get(file);
  if (known) return known;
  const { style, value, problems, chain, sources, modules = [] } = load(context, file, null);
  const all: ConfigProblem[] = [...problems];
  if (RESERVED.some(name => value.entries.has(name)))
    for (const e of value.entries.values()) {
      // A key of JSON or YAML knows where it was written.
      const key = plain(e.key);
      if (typeof key === 'string' && RESERVED.includes(key))
        all.push(
          problem('evaluation-error', 'KeyError', textOfKeyError(`${key} is reserved for config file`), e.written?.key ?? topOf(file), {
            subject: key,
          }),
        );
    }
  const whole =
    value instanceof ConfigDict && value.settled
      ? value
      : attempt(
          context,
          topOf(file),
          made => void all.push(made),
          reason => unknownEntries(value, reason),
          () => configDictOf(value),
        );
  const lacking = all.length === 0 && whole instanceof ConfigDict ? whole.incomplete : null;
  const resolved: ResolvedConfig = {
    file,
    style,
    chain,
    ...(modules.length > 0 && { modules }),
    ok: all.length === 0 && lacking === null,
    value: whole,
    problems: all,
    unknowns: [...(lacking === null ? [] : [{ path: [], reason: lacking }]), ...unknownParts(whole)],
  };
  context.resolved.set(file, resolved, sources);
  return resolved;
}

/** What `Config` keeps for itself. */
const RESERVED: readonly string[] = ['filename', 'text', 'pretty_text', 'env_variables'];

function unknownParts(value: Value): UnknownPart[] {
  const found: UnknownPart[] = [];
  // One path for all: most configs have thousands of parts, and nothing unknown.
  const path: (string | number)[] = [];
  /** Whether all of it is known. What others hold too is looked through once. */
  const walk = (v: Value): boolean => {
    if (typeof v !== 'object' || v === null || v instanceof Box) return true;
    if (v instanceof Dict) {
      if (v instanceof ConfigDict && v.certain) return true;
      if (path.length > DEEPEST) return false;
      let all = true;
      v.entries.forEach(({ value: below }, k) => {
        if (typeof below !== 'object' || below instanceof Box) return;
        path.push(typeof k === 'string' ? k : String(k));
        if (!walk(below)) all = false;
        path.pop();
      });
      if (all && v instanceof ConfigDict && v.settled) v.certain = true;
      return all;
    }
    if (v instanceof List || v instanceof Tuple) {
      if (path.length > DEEPEST) return false;
      let all = true;
      for (let i = 0; i < v.items.length; i++) {
        path.push(i);
        if (!walk(v.items[i] ?? null)) all = false;
        path.pop();
      }
      return all;
    }
    if (!(v instanceof UnknownValue) || v instanceof NamedClass || v instanceof Timestamp) return true;
    found.push({ path: [...path], reason: v.reason });
    return false;
  };
  walk(value);
  return found;
}
/** Deeper, nothing is looked at: Python itself would not print it. */
const DEEPEST = 900;
