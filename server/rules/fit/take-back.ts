/** What this file wrote over a base, or beside it, taken back: when nothing else makes the model right. */

import { originAt, valueAt } from '../../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import { Dict } from '../../python/types/dict.ts';
import { assignment } from '../../syntax/assigned.ts';
import { expressionAt } from '../../syntax/expression-at.ts';
import type { Block } from '../../syntax/nodes.ts';
import type { Edit } from '../diagnostic.ts';
import { removalOf } from '../removal.ts';
import type { Proof } from '../rule.ts';
import { inModel } from './blame.ts';
import { membersOf } from './override.ts';
import type { Step } from './steps.ts';

/** Values, the likeliest first. */
export function takenBack({ config, verdict: { mismatches } }: Proof, text: string): readonly Step[] {
  const seen = new Set<number>();
  return (mismatches[0]?.blame ?? []).slice(0, MOST_BLAMED).flatMap((blamed): Step[] => {
    const path = writtenAt(config, text, inModel(blamed));
    const origin = path && originAt(config, path);
    if (!path || !origin || seen.has(origin.key.start)) return [];
    seen.add(origin.key.start);
    const edit = removalOf(text, config.file, origin.key.start, origin.value.end),
      base = origin.overrides;
    const stays = base && base.value.file !== config.file ? `, and keep the base's` : '';
    return edit ? [{ paths: [path], title: `Remove ${String(path.at(-1))}${stays}`, edits: [edit] }] : [];
  });
}
const MOST_BLAMED = 2;

/**
 * A type, which the user chose, is offered to be taken back as the last of all: of the part that fails and those around it, and of the parts that it meets, where a base says another type
 * and this file that alone.
 */
export function typesBack({ config, verdict: { mismatches } }: Proof, text: string): readonly Step[] {
  const [failed] = mismatches;
  if (!failed) return [];
  const { blame, error } = failed;
  const part = (path: ConfigPath): ConfigPath => (valueAt(config, path) instanceof Dict ? path : path.slice(0, -1));
  const around = [...blame.map(inModel).map(part), ...(error.where ? [inModel(error.where.split('.')[0] ?? '')] : [])];
  const parts = around.flatMap(path => path.map((_, i) => path.slice(0, path.length - i)));
  const seen = new Set<number>();
  return parts.flatMap((path): Step[] => {
    const typePath = [...path, 'type'],
      origin = originAt(config, typePath),
      before = origin?.overrides;
    if (path.length < 2 || !origin || !before || before.value.file === config.file || seen.has(origin.key.start)) return [];
    seen.add(origin.key.start);
    if (origin.key.file !== config.file || text.slice(origin.key.start, origin.key.end) !== 'type') return [];
    const edit = removalOf(text, config.file, origin.key.start, origin.value.end);
    return edit
      ? [
          {
            paths: [typePath],
            title: `Remove type=${text.slice(origin.value.start, origin.value.end)}, and keep the base's`,
            edits: [edit],
          },
        ]
      : [];
  });
}

/** Under another scope than the base's nothing of the base's is found. */
export function scopeBack({ config, verdict: { mismatches } }: Proof, text: string, body: Block): readonly Step[] {
  const statement = assignment(body, 'default_scope'),
    before = originAt(config, ['default_scope'])?.overrides,
    message = mismatches[0]?.error.message ?? '';
  if (!statement || !before || before.value.file === config.file || !/ is not in the .+? registry/.test(message)) return [];
  const { start, end } = statement.span,
    rest = /^[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/.exec(text.slice(end));
  const edit: Edit = { file: config.file, start, end: end + (rest?.[0].length ?? 0), text: '' };
  return rest ? [{ paths: [['default_scope']], title: "Remove default_scope, and keep the base's", edits: [edit] }] : [];
}

/** Where what a base has is lost to `_delete_=True`, and the rest of the dict does not do without. */
export function deletingBack({ config, verdict: { mismatches } }: Proof, text: string, body: Block): readonly Step[] {
  const [failed] = mismatches;
  if (!failed || !/missing \d+ required|must contain the key "type"/.test(failed.error.message)) return [];
  const path = ['model', ...inModel(failed.blame[0] ?? '').slice(1)],
    site = originAt(config, path)?.value;
  const here = site?.file === config.file ? expressionAt(body, site) : null,
    member = here && membersOf(here)?.find(({ name }) => name === '_delete_');
  const edit = member && removalOf(text, config.file, member.start, member.end);
  return edit ? [{ paths: [path], title: 'Remove _delete_=True, and keep what the base has', edits: [edit] }] : [];
}

/** The keyword that gave the value, in the open file: of an entry of a list, the list's. Null for types, for dicts that say several things, and for what stands in no dict of its own. */
function writtenAt(config: ResolvedConfig, text: string, blamed: ConfigPath): ConfigPath | null {
  for (let path = onlySaid(config, blamed); path.length > 1; path = path.slice(0, -1)) {
    const name = path.at(-1),
      origin = originAt(config, path),
      value = valueAt(config, path);
    if (value instanceof Dict && value.entries.size) return null;
    if (typeof name !== 'string' || !origin || value === undefined) continue;
    const isKeyword = origin.key.file === config.file && origin.value.file === config.file && origin.value.start > origin.key.start;
    return isKeyword && name !== 'type' && text.slice(origin.key.start, origin.key.end) === name ? path : null;
  }
  return null;
}
/** Of a part of which this file says one thing alone, that. */
function onlySaid(config: ResolvedConfig, path: ConfigPath): ConfigPath {
  const value = valueAt(config, path);
  if (!(value instanceof Dict)) return path;
  const own = [...value.entries.values()].flatMap(({ key, written }) =>
    typeof key === 'string' && written?.key.file === config.file ? [key] : [],
  );
  return own.length === 1 ? onlySaid(config, [...path, ...own]) : path;
}
