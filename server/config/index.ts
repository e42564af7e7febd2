/** Configs as mmengine 0.10.7 reads them, without running Python: `Config.fromfile`, with an origin for every value. */
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';
import { configDictOf } from './config-dict.ts';
import type { ConfigContext } from './context.ts';
import { attempt, unknownEntries } from './evaluate.ts';
import { load } from './load.ts';
import { problem, textOfKeyError, topOf } from './problem.ts';
import type { ConfigProblem, ResolvedConfig, UnknownPart } from './resolved.ts';

export { type ConfigContext, type ConfigContextOptions, configContext } from './context.ts';
export type { ConfigPath, ConfigProblem, Origin, ResolvedConfig, UnknownPart } from './resolved.ts';

/** `file`: absolute, with `/`. Throws nothing but the `Stop` of a run that was cancelled. */
export function resolveConfig(context: ConfigContext, file: string): ResolvedConfig {
  const known = context.resolved.get(file);
  if (known) return known;
  const { style, value, problems, chain, sources } = load(context, file, null);
  const all: ConfigProblem[] = [...problems];
  for (const e of value.entries.values()) {
    if (typeof e.key === 'string' && RESERVED.has(e.key))
      all.push(
        problem('evaluation-error', 'KeyError', textOfKeyError(`${e.key} is reserved for config file`), e.written?.key ?? topOf(file), {
          subject: e.key,
        }),
      );
  }
  const whole = attempt(
    context,
    topOf(file),
    made => void all.push(made),
    reason => unknownEntries(value, reason),
    () => configDictOf(value),
  );
  const resolved: ResolvedConfig = { file, style, chain, ok: all.length === 0, value: whole, problems: all, unknowns: unknownParts(whole) };
  context.resolved.set(file, resolved, sources);
  return resolved;
}

/** What `Config` keeps for itself. */
const RESERVED = new Set(['filename', 'text', 'pretty_text', 'env_variables']);

function unknownParts(value: Value): UnknownPart[] {
  const found: UnknownPart[] = [];
  const walk = (v: Value, path: readonly (string | number)[], depth: number): void => {
    if (v instanceof UnknownValue) found.push({ path, reason: v.reason });
    else if (depth > DEEPEST) return;
    else if (v instanceof Dict) for (const [k, e] of v.entries) walk(e.value, [...path, typeof k === 'string' ? k : String(k)], depth + 1);
    else if (v instanceof List || v instanceof Tuple) for (const [i, item] of v.items.entries()) walk(item, [...path, i], depth + 1);
  };
  walk(value, [], 0);
  return found;
}
/** Deeper, nothing is looked at: Python itself would not print it. */
const DEEPEST = 900;
