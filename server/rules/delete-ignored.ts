/**
 * `_delete_` that deletes nothing: mmengine takes it out of a dict only where the base has a dict of that key (`_merge_a_into_b`, 0.10.7). Anywhere else it stays, and
 * the type that is built there is given an argument `_delete_`.
 */
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { Dict, type Written } from '../python/types/dict.ts';
import type { Site } from '../python/value.ts';
import { nearest } from './nearest.ts';
import { removalOf } from './removal.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { distinct } from './typed-parts.ts';
import { isWhole, valuesOf } from './values-of.ts';

export const deleteIgnored: ConfigRule = {
  code: 'delete-ignored',
  severity: 'warning',
  summary: '`_delete_` where there is nothing to delete',
  needs: 'config',
  check(context) {
    const { config } = context;
    // Whatever stays was written in this file.
    if (!isWhole(config) || !context.text(config.file)?.includes('_delete_')) return [];
    const effective = new Set<string>();
    const left: { readonly path: ConfigPath; readonly dict: Dict; readonly written: Written }[] = [];
    for (const { path, value } of valuesOf(config)) {
      if (!(value instanceof Dict)) continue;
      const written = value.entries.get('_delete_')?.written;
      if (!value.entries.has('_delete_')) effective.add(placeOf(value.site));
      else if (written && written.key.file === config.file) left.push({ path, dict: value, written });
    }
    // A variable keeps its `_delete_`; where the variable went, it was heeded.
    return distinct(
      left.filter(({ dict }) => !effective.has(placeOf(dict.site))).map(found => findingOf(context, found.path, found.written)),
    );
  },
};

const placeOf = (site: Site | null): string => (site ? `${site.file} ${site.start} ${site.end}` : '');

function findingOf(context: ConfigContext, path: ConfigPath, { key, value }: Written): Finding {
  const text = context.text(key.file) ?? '';
  const removal = removalOf(text, key.file, key.start, value.end);
  return {
    site: { ...key, end: value.end },
    message: `${reason(context, path)}\nmmengine leaves \`_delete_\` in the dict, and what is built from it is given it as an argument.`,
    fixes: removal ? [{ title: 'Remove _delete_', edits: [removal], preferred: true }] : [],
  };
}

function reason({ config }: ConfigContext, path: ConfigPath): string {
  const told = formatPath(path);
  if (path.some(step => typeof step === 'number'))
    return `\`_delete_\` is of no use in a list: the list replaces that of the base, and \`${told}\` is merged with nothing.`;
  const near = nearest(String(path.at(-1)), siblings(config.value, path));
  return `\`_delete_\` is of no use here: no base has \`${told}\`${near === null ? '' : `. Did you mean \`${near}\`?`}`;
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
