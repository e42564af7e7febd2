/**
 * `_delete_` that deletes nothing: mmengine takes it out of a dict only where the base has a dict of that key (`_merge_a_into_b`, 0.10.7). Anywhere else it stays, and
 * the type that is built there is given an argument `_delete_`.
 */
import { alikeIn, type Holder, isHolder } from '../config/alike.ts';
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { Dict, type Written } from '../python/types/dict.ts';
import type { Site } from '../python/value.ts';
import { distinct } from './distinct.ts';
import { nearest } from './nearest.ts';
import { removalOf } from './removal.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { walkFirsts } from './values-of.ts';

export const deleteIgnored: ConfigRule = {
  code: 'delete-ignored',
  severity: 'warning',
  summary: '`_delete_` where there is nothing to delete',
  needs: 'config',
  check(context) {
    const { config } = context;
    // Whatever stays was written in this file.
    if (!isWhole(config) || !context.text(config.file)?.includes('_delete_')) return [];
    if (!isAnyLeft(config)) return [];
    const left: { readonly path: ConfigPath; readonly dict: Dict; readonly written: Written }[] = [];
    const top = config.value.entries.get('_delete_')?.written;
    if (top?.key.file === config.file) left.push({ path: [], dict: config.value, written: top });
    walkFirsts(config, (value, _, path) => {
      const written = value instanceof Dict ? value.entries.get('_delete_')?.written : undefined;
      if (value instanceof Dict && written?.key.file === config.file) left.push({ path: [...path], dict: value, written });
    });
    // Mostly all were heeded.
    if (!left.length) return [];
    const effective = new Set<string>();
    walkFirsts(config, value => {
      if (value instanceof Dict && !value.entries.has('_delete_')) effective.add(placeOf(value.site));
    });
    // A variable keeps its `_delete_`; where the variable went, it was heeded.
    return distinct(
      left.filter(({ dict }) => !effective.has(placeOf(dict.site))).map(found => findingOf(context, found.path, found.written)),
    );
  },
};

/** Mostly all were heeded: whether one is left is known without the places of all that there is. */
function isAnyLeft({ file, value }: ResolvedConfig): boolean {
  const alike = alikeIn({ value });
  const seen = new Set<Holder>();
  const isLeft = (of: Holder): boolean => {
    const first = alike.first(of);
    if (seen.has(first)) return false;
    seen.add(first);
    if (!(of instanceof Dict)) return of.items.some(item => isHolder(item) && isLeft(item));
    if (of.entries.get('_delete_')?.written?.key.file === file) return true;
    for (const entry of of.entries.values()) if (isHolder(entry.value) && isLeft(entry.value)) return true;
    return false;
  };
  return isLeft(value);
}

const placeOf = (site: Site | null): string => (site ? `${site.file} ${site.start} ${site.end}` : '');

function findingOf(context: ConfigContext, path: ConfigPath, { key, value }: Written): Finding {
  const text = context.text(key.file) ?? '';
  const removal = removalOf(text, key.file, key.start, value.end);
  return {
    site: { ...key, end: value.end },
    message: `${reason(context, path)}${path.length ? '\nmmengine leaves `_delete_` in the dict, and what is built from it is given it as an argument.' : ''}`,
    fixes: removal ? [{ title: 'Remove _delete_', edits: [removal], preferred: true }] : [],
  };
}

function reason(context: ConfigContext, path: ConfigPath): string {
  const { config } = context;
  const told = formatPath(path);
  if (path.length === 0) return '`_delete_` is of no use at the top of a file: only a dict of the base can be replaced as a whole.';
  if (path.some(step => typeof step === 'number'))
    return `\`_delete_\` is of no use in a list: the list replaces that of the base, and \`${told}\` is merged with nothing.`;
  if (config.style === 'lazy')
    return `\`_delete_\` is of no use here: under lazy imports only \`.merge(…)\` heeds it. To replace \`${told}\` as a whole, assign it.`;
  const around = replacedAround(context, path);
  if (around) return `\`_delete_\` is of no use here: \`${formatPath(around)}\` replaces all that the base has there, \`${told}\` with it.`;
  const near = nearest(String(path.at(-1)), siblings(config.value, path));
  return `\`_delete_\` is of no use here: no base has \`${told}\`${near === null ? '' : `. Did you mean \`${near}\`?`}`;
}

/** The dict around that the base has too, and of which this file says that it replaces the base's. */
function replacedAround(context: ConfigContext, path: ConfigPath): ConfigPath | null {
  for (let length = path.length - 1; length > 0; length--) {
    const around = path.slice(0, length);
    const origin = originAt(context.config, around);
    if (!origin?.overrides || origin.value.file !== context.config.file) continue;
    const text = context.text(origin.value.file)?.slice(origin.value.start, origin.value.end) ?? '';
    return /_delete_['"]?\s*[=:]\s*(?:True|true)\b/.test(withoutBrackets(text)) ? around : null;
  }
  return null;
}
/** Of `dict(a=1, b=dict(c=2))` what stands in the outermost brackets alone. */
function withoutBrackets(text: string): string {
  let depth = 0;
  return [...text]
    .filter(c => {
      if ('([{'.includes(c)) depth++;
      else if (')]}'.includes(c)) depth--;
      return depth <= 1;
    })
    .join('');
}

/** Keys beside it that come from a base. */
function siblings(root: Dict, path: ConfigPath): readonly string[] {
  let at: Dict = root;
  for (const step of path.slice(0, -1)) {
    const next = at.get(step);
    if (!(next instanceof Dict)) return [];
    at = next;
  }
  const own = at.entries.get(String(path.at(-1)))?.written?.key.file;
  return [...at.entries.values()].flatMap(({ key, written }) =>
    typeof key === 'string' && written && written.key.file !== own ? [key] : [],
  );
}
