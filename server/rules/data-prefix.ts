/** Folders of a data set under a name that its class does not look up: `data_prefix=dict(img_path=…)` for COCO's, which reads `img`. */
import { isDict } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import { basesAreWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import type { Site } from '../python/value.ts';
import { classSource } from '../recipe/class-source.ts';
import { Part } from '../recipe/part.ts';
import { type BuiltPart, builtParts } from '../recipe/part-types.ts';
import { prefixKeys } from '../recipe/prefix-keys.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { isUsed } from '../recipe/typed-parts.ts';
import { isKnownFor } from '../registry/known-ways.ts';
import type { Fix } from './diagnostic.ts';
import { isAmongBases } from './may-be-completed.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, Finding } from './rule.ts';

/** Of data sets whose loading is known: mmengine's own way, and a class that says what it reads. */
export function unreadPrefixes(context: ConfigContext): readonly Finding[] {
  const { config } = context;
  if (!recipeOf(config).isRun || !basesAreWhole(config) || isAmongBases(config.file)) return [];
  return builtParts(context).flatMap(built => (built.part.place.registry === 'dataset' && isUsed(built.part) ? ofSet(context, built) : []));
}

function ofSet(context: ConfigContext, { part: { path, dict }, entry }: BuiltPart): readonly Finding[] {
  const prefix = new Part(path, dict).value('data_prefix');
  if (!isDict(prefix) || !isKnownFor('records', entry.target)) return [];
  const source = classSource(context, entry);
  const keys = source && prefixKeys(source);
  if (!keys?.read) return [];
  const { needed, read } = keys;
  const given = [...prefix.entries.values()].map(({ key }) => plain(key));
  const names = given.filter(name => typeof name === 'string');
  if (names.length !== given.length) return [];
  const stray = names.filter(name => !read.has(name));
  const lacking = [...needed].filter(name => !names.includes(name));
  const [name] = stray,
    [lost] = lacking;
  if (name === undefined && lost === undefined) return [];
  // What a base's had is left over.
  if (lost === undefined && originAt(context.config, [...path, 'data_prefix', name ?? ''])?.key.file !== context.config.file) return [];
  const at = [...path, 'data_prefix'];
  const place = recipePlace(context, name === undefined ? [at, [...path, 'type']] : [[...at, name], at, [...path, 'type']]);
  if (!place) return [];
  const who = `\`${entry.target.split('.').at(-1)}\``;
  const listed = [...read].map(key => `\`${key}\``).join(', ');
  const key = name === undefined ? undefined : originAt(context.config, [...at, name])?.key;
  const site = key?.file === context.config.file ? key : place.site;
  const message =
    lost !== undefined
      ? `\`${formatPath(at)}\` has no \`${lost}\`${name === undefined ? '' : `, but \`${name}\``}: ${who} looks its pictures up by it\nKeyError: '${lost}'`
      : `${who} never reads \`${formatPath([...at, name ?? ''])}\`${read.size ? `: it reads ${listed}` : ''}`;
  const candidates = lost === undefined ? (needed.size ? [...needed] : [...read]) : lacking;
  const [right] = stray.length === 1 && candidates.length === 1 ? candidates : [];
  // Where this file says that one too, both may be meant.
  const isFree = right !== undefined && originAt(context.config, [...at, right])?.key.file !== context.config.file;
  return [
    {
      site,
      related: place.related,
      ...(lost === undefined && { severity: 'warning' as const }),
      message,
      fixes: isFree && name !== undefined && key ? renamed(context, key, name, right) : [],
    },
  ];
}

function renamed(context: ConfigContext, { file, start, end }: Site, name: string, right: string): readonly Fix[] {
  const written = file === context.config.file ? context.text(file)?.slice(start, end) : undefined;
  return written !== undefined && (written === name || written.slice(1, -1) === name)
    ? [{ title: `Change ${name} to ${right}`, edits: [{ file, start, end, text: written.replace(name, right) }], preferred: true }]
    : [];
}
