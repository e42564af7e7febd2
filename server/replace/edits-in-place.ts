/** The replacement as edits of the config that is open, in its own style; they have run as well. */
import { customImportsText } from '../config/custom-imports.ts';
import { originAt, valueAt } from '../config/origins.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import { repr } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import type { Edit } from '../rules/diagnostic.ts';
import { edited } from '../rules/edited.ts';
import { type Change, editsFor } from '../rules/fit/edits.ts';
import { fits, type PartChange } from './fit-parts.ts';
import { laid } from './laid.ts';
import { backboneText, type Override } from './override-text.ts';
import { isInRow } from './whole-rows.ts';

/** Null where the file's form does not allow them, or the config does not run with them. */
export function editsInPlace(project: Project, config: ResolvedConfig, draft: Override): readonly Edit[] | null {
  const { file } = config,
    text = project.host.read(file),
    body = project.body(file);
  if (text === null || !body) return null;
  const isOwn = !hasBase(config);
  // A list of this file is changed where its number stands; one of a base is written whole.
  const isHere = (part: PartChange): boolean => !isInRow(part) || originAt(config, ['model', ...part.path])?.value.file === file;
  const changes = draft.parts
    .filter(isHere)
    .map(({ path, value }): Change => ({ path: ['model', ...path], value, ...(path.at(-1) === 'widen_factor' && { float: true }) }));
  const rows = draft.rows.filter(row => !draft.parts.some(part => isInRow(part) && isHere(part) && part.path[0] === row.path[0]));
  const edits = editsFor(config, text, body, changes, [
    {
      path: ['model', 'backbone'],
      text: backboneText({ ...draft, replaces: draft.replaces && !isOwn, backbone: backboneOf(config, draft, isOwn) }),
    },
    ...rows.map(({ path, text: row }) => ({ path: ['model', ...path], text: row })),
    ...(draft.imports.length ? [{ path: ['custom_imports'], text: customImportsText(draft.imports) }] : []),
  ]);
  if (!edits) return null;
  const runs = laid(project, file, edited(text, edits), after => {
    const verdict = after.ok ? project.models?.verdict({ config: after }) : null;
    return verdict ? fits(after, verdict) : false;
  });
  return runs ? edits : null;
}

/** Whether a base says something of the backbone, so that what is written here is merged into it. */
function hasBase(config: ResolvedConfig): boolean {
  const origin = originAt(config, ['model', 'backbone']);
  return origin !== undefined && (origin.key.file !== config.file || origin.overrides !== null);
}

/** Where there is no base to be merged into, what would stay of it is written out. */
function backboneOf(config: ResolvedConfig, { backbone, replaces }: Override, isOwn: boolean): ReadonlyMap<string, string> {
  const old = valueAt(config, ['model', 'backbone']);
  if (replaces || !isOwn || !(old instanceof Dict)) return backbone;
  const kept = [...old.entries.values()].map(e => [String(plain(e.key)), repr(e.value)] as const);
  return new Map([['type', backbone.get('type') ?? ''], ...kept.filter(([name]) => name !== 'type'), ...backbone]);
}
