/** Data that is not on this disk, and something of almost that name is: a slip. Where nothing of it is here, it lies elsewhere, and nothing is said. */

import { textFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import { classSource } from '../recipe/class-source.ts';
import { isAbsolutePath, joinPath } from '../recipe/data-path.ts';
import { methodOf } from '../recipe/keys/constructed.ts';
import { mentions } from '../recipe/mentions.ts';
import type { Part } from '../recipe/part.ts';
import { entryOf } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import { dataStarts } from './data-start.ts';
import { distinct } from './distinct.ts';
import { nearest } from './nearest.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, DataDisk, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

export const dataNotFound: ConfigRule = {
  code: 'data-not-found',
  severity: 'hint',
  summary: 'a data file is not on this disk, and one of almost that name is; or a checkpoint is not in its folder',
  needs: 'config',
  check(context) {
    const { config, disk } = context;
    if (!isWhole(config)) return [];
    const recipe = recipeOf(config);
    const twice = recipe.sets.flatMap(set => rootTwice(context, set));
    if (!disk?.folders.length) return distinct(twice);
    const metrics = recipe.firsts((['val', 'test'] as const).flatMap(phase => recipe.metrics(phase)));
    const written = [...recipe.sets.flatMap(set => named(disk, set)), ...metrics.flatMap(metric => file(metric, 'ann_file', ''))];
    const weights = file(recipe.top, 'load_from', '').map(one => ({ ...one, isAlone: true }));
    return distinct([...twice, ...[...written, ...weights].flatMap(one => finding(context, disk, one))]);
  },
};

const seen = new WeakMap<DataDisk, Map<string, boolean>>();

/** Whether anything of a root is here: where it is missing, that is told, and not each file in it. Dozens of files share one. */
function isAtHand(disk: DataDisk, root: string): boolean {
  if (root === '') return true;
  let known = seen.get(disk);
  if (!known) seen.set(disk, (known = new Map()));
  let isThere = known.get(root);
  if (isThere === undefined) {
    const whole = joinPath('', root);
    isThere = dataStarts(disk, whole).some(start => disk.kind(start + whole) !== null);
    known.set(root, isThere);
  }
  return isThere;
}

interface Named {
  readonly path: ConfigPath;
  readonly text: string;
  readonly root: string;
  /** One file that all hangs on, and not one of many: where its folder is here, it is missed whatever else is there. */
  readonly isAlone?: boolean;
}

function named(disk: DataDisk, set: Part): readonly Named[] {
  const root = set.presence('data_root') === 'given' ? set.text('data_root') : '';
  if (root === undefined) return [];
  return [...file(set, 'data_root', ''), ...(isAtHand(disk, root) ? belowRoot(set, root) : [])];
}
function belowRoot(set: Part, root: string): readonly Named[] {
  const prefixes = set.part('data_prefix');
  const single = set.text('data_prefix');
  return [
    ...file(set, 'ann_file', root),
    ...(single ? [{ path: set.at('data_prefix'), text: single, root }] : []),
    ...[...(prefixes?.dict.entries.values() ?? [])].flatMap(({ key, value }) => {
      const text = textFrom(value);
      const name = plain(key);
      return text && prefixes && typeof name === 'string' ? [{ path: prefixes.at(name), text, root }] : [];
    }),
  ];
}
function file(part: Part, key: string, root: string): readonly Named[] {
  const text = part.text(key);
  return text ? [{ path: part.at(key), text, root }] : [];
}

/** A relative path that begins with the root that it is joined to: `data/cats/` and `data/cats/train.json`. */
function rootTwice(context: ConfigContext, set: Part): readonly Finding[] {
  const { disk } = context;
  const root = set.text('data_root');
  const start = root ? `${joinPath('', root).replace(/\/$/, '')}/` : '';
  // From a folder above, the same once more may lead to the same place: `../data/../data/`.
  if (!root || isAbsolutePath(root) || start === '/' || start.startsWith('../') || /^[\w+.-]+:/.test(root)) return [];
  const doubled = belowRoot(set, root).filter(({ text }) => !isAbsolutePath(text) && joinPath('', text).startsWith(start));
  if (!doubled.length || !joinsRoot(context, set)) return [];
  return doubled.flatMap(({ path, text }): Finding[] => {
    const own = joinPath('', text);
    const whole = joinPath(root, text);
    const place = recipePlace(context, [path]);
    const isHere = disk && dataStarts(disk, whole).some(folder => disk.kind(folder + whole) !== null);
    if (!place || isHere) return [];
    const right = `'${own.slice(start.length)}${text.endsWith('/') && !own.endsWith('/') ? '/' : ''}'`;
    const { file } = context.config;
    const written = originAt(context.config, path)?.value;
    return [
      {
        ...place,
        related: [],
        severity: 'warning',
        message: `\`${formatPath(path)}\` begins with \`data_root\`, which is put before it: \`${whole}\``,
        fixes:
          written?.file === file
            ? [{ title: `Change it to ${right}`, edits: [{ file, start: written.start, end: written.end, text: right }], preferred: true }]
            : [],
      },
    ];
  });
}

/** As mmengine's `BaseDataset` does it, and nothing of the user's own between. */
function joinsRoot(context: ConfigContext, set: Part): boolean {
  const entry = entryOf(context, set);
  const source = entry && classSource(context, entry);
  if (!source) return isKnownFor('records', entry?.target);
  const own = source.classes.filter(({ dotted }) => !isKnownFor('records', dotted));
  const isJoined = source.classes.some(one => !own.includes(one) && methodOf(one.body, '_join_prefix'));
  return isJoined && !mentions({ ...source, classes: own }, /^(?:data_root|data_prefix|ann_file|_join_prefix)$/);
}

function finding(context: ConfigContext, disk: DataDisk, { path, text, root, isAlone }: Named): readonly Finding[] {
  const whole = joinPath(root, text);
  const starts = dataStarts(disk, whole);
  // Of a store, or with a placeholder that a tool fills.
  if (!starts.length || /^[\w+.-]+:/.test(whole) || /[{}$*]/.test(whole)) return [];
  if (starts.some(start => disk.kind(start + whole) !== null)) return [];
  // Where the root is missing, that is told, and not each file in it.
  const around = root === '' ? whole.slice(0, whole.lastIndexOf('/')) : joinPath('', root);
  const start = around === '' ? undefined : starts.find(one => disk.kind(one + around) === 'folder');
  const place = start === undefined ? null : recipePlace(context, [path]);
  if (start === undefined || !place) return [];
  const { folder, step, rest } = deepest(disk, start, whole);
  const near = step === '' ? null : nearest(step, disk.names(folder).slice(0, MOST));
  // Only part of the data may be here, and that is no slip.
  if (near === null && !isAlone) return [];
  const meant = near === null ? null : replaced(text, whole, folder.slice(start.length), near, rest);
  const fixes =
    meant === null || disk.kind(start + joinPath(root, meant)) === null
      ? []
      : settingFix(context, [{ path, text: `'${meant}'` }], `Change it to '${meant}'`);
  return [
    {
      ...place,
      related: [],
      message: `\`${formatPath(path)}\`: there is no \`${step}\` in \`${folder.slice(start.length) || folder}\` on this disk${near === null ? '' : `; there is \`${near}\``}`,
      fixes,
    },
  ];
}
/** A folder of pictures is not looked through to its end. */
const MOST = 5000;

/** The last folder on the way that is there, and the first step that is not. */
function deepest(
  disk: DataDisk,
  start: string,
  whole: string,
): { readonly folder: string; readonly step: string; readonly rest: readonly string[] } {
  const steps = whole.split('/').filter(Boolean);
  let folder = whole.startsWith('/') ? '' : start.slice(0, -1);
  for (const [i, step] of steps.entries()) {
    const next = `${folder}/${step}`;
    if (disk.kind(next) !== 'folder') return { folder, step, rest: steps.slice(i + 1) };
    folder = next;
  }
  return { folder, step: '', rest: [] };
}

/** The written text with the step changed; null where the step is not in it. */
function replaced(text: string, whole: string, folder: string, near: string, rest: readonly string[]): string | null {
  const fresh = [folder, near, ...rest].filter(Boolean).join('/');
  const before = whole.slice(0, whole.length - joinPath('', text).length);
  return fresh.startsWith(before) ? fresh.slice(before.length) + (text.endsWith('/') ? '/' : '') : null;
}
