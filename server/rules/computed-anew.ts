/** A fix that computes here, in the base's own words, what the base computed from its number of classes: `_base_.loss_weight * (3 / 80)`. */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { bindingsIn } from '../syntax/bindings.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { ConfigContext } from './rule.ts';
import { settingFix } from './setting-fix.ts';

/** Empty where it was not computed where the value stands, or of names that this file cannot ask the base for. */
export function computedAnew(context: ConfigContext, paths: readonly ConfigPath[], count: number): Diagnostic['fixes'] {
  if (context.config.style !== 'text') return [];
  const assignments = paths.flatMap(path => {
    const text = textFor(context, path, count);
    return text === null ? [] : [{ path, text }];
  });
  const [first] = assignments;
  if (!first || assignments.length < paths.length) return [];
  const title =
    assignments.length === 1 ? `Compute ${formatPath(first.path)} for ${count}` : `Compute ${assignments.length} numbers for ${count}`;
  return settingFix(context, assignments, title);
}

function textFor({ config, text, body }: ConfigContext, path: ConfigPath, count: number): string | null {
  const site = originAt(config, path)?.value;
  if (!site || site.file === config.file) return null;
  const around = (body(site.file) ?? []).filter(({ span }) => span.start <= site.start && site.end <= span.end);
  const uses = bindingsIn(around).uses.filter(({ span }) => span.start >= site.start && span.end <= site.end);
  const own = (name: string): boolean => config.value.entries.get(name)?.written?.key.file === config.file;
  let made = text(site.file)?.slice(site.start, site.end) ?? '';
  for (const { name, span } of uses.toSorted((a, b) => b.span.start - a.span.start)) {
    // What this file binds itself is another value than the base computed with.
    if (name !== COUNTED && (own(name) || config.value.entries.get(name) === undefined)) return null;
    const [start, end] = [span.start - site.start, span.end - site.start];
    made = `${made.slice(0, start)}${name === COUNTED ? count : `_base_.${name}`}${made.slice(end)}`;
  }
  return uses.some(({ name }) => name === COUNTED) ? made : null;
}
const COUNTED = 'num_classes';
