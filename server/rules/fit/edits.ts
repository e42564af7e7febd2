/** New values for config paths, as edits of the open file in its user's own style: the literal where it is bound, else an override. */

import { numberFrom, numbersFrom } from '../../config/from-value.ts';
import { originAt, valueAt } from '../../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import { siteOfValue } from '../../config/sites.ts';
import { plain } from '../../python/origin.ts';
import { Tuple } from '../../python/types/tuple.ts';
import type { Site } from '../../python/value.ts';
import type { Block } from '../../syntax/nodes.ts';
import type { Edit } from '../diagnostic.ts';
import { type Assignment, override } from './override.ts';

export interface Change {
  readonly path: ConfigPath;
  readonly value: number | readonly number[];
  /** Written with a point: `1.0`. */
  readonly float?: boolean;
}

/** Null where the file's form does not allow it, or where two changes ask for different texts at one place. */
export function editsFor(
  config: ResolvedConfig,
  text: string,
  body: Block,
  changes: readonly Change[],
  /** What is written as it is, with them. */
  more: readonly Assignment[] = [],
): readonly Edit[] | null {
  const { file } = config;
  const edits: Edit[] = [];
  const overrides: Assignment[] = [];
  const elsewhere: Change[] = [];
  for (const assignment of more) {
    const site = displayOf(config, text, assignment.path);
    if (site) edits.push({ file, start: site.start, end: site.end, text: assignment.text });
    else overrides.push(assignment);
  }
  for (const change of changes) {
    const own = inPlace(config, text, change);
    if (own) edits.push(...own);
    else elsewhere.push(change);
  }
  for (const change of wholeLists(config, elsewhere))
    overrides.push({ path: change.path, text: pythonText(change, plain(valueAt(config, change.path) ?? null) instanceof Tuple) });
  const written = overrides.length ? override(file, text, body, overrides) : [];
  if (!written) return null;
  edits.push(...written);
  return distinct(edits);
}

/**
 * The same in a base of the user's own: numbers and lists where they are written there, in one file; null where they are not. `isOwn`: whether a file is the user's.
 */
export function editsInBase(
  config: ResolvedConfig,
  changes: readonly Change[],
  isOwn: (file: string) => boolean,
  textOf: (file: string) => string | null,
): readonly Edit[] | null {
  for (const file of config.chain) {
    const text = file === config.file || !isOwn(file) ? null : textOf(file);
    if (text === null) continue;
    const edits = changes.map(change => inPlace({ ...config, file }, text, change));
    if (edits.every(e => e !== undefined)) return distinct(edits.flat());
  }
  return null;
}

/** An entry of a base's list cannot be written alone: the list takes its place. */
function wholeLists(config: ResolvedConfig, changes: readonly Change[]): readonly Change[] {
  const whole = new Map<string, Change>();
  for (const change of changes) {
    const index = change.path.at(-1),
      path = change.path.slice(0, -1);
    const before = whole.get(JSON.stringify(path))?.value ?? numbersFrom(valueAt(config, path));
    const isEntry = typeof index === 'number' && typeof change.value === 'number' && typeof before === 'object';
    const told = isEntry ? { path, value: before.with(index, Number(change.value)) } : change;
    whole.set(JSON.stringify(told.path), told);
  }
  return [...whole.values()];
}

/** Edits of literals that stand in the open file, or undefined where the value comes from elsewhere. */
function inPlace(config: ResolvedConfig, text: string, change: Change): readonly Edit[] | undefined {
  const { file } = config;
  const { path, value } = change;
  if (typeof value === 'number') {
    const old = numberFrom(valueAt(config, path));
    const site = old === undefined ? undefined : literalOf(config, text, path, old);
    return (
      site && [
        {
          file,
          start: site.start,
          end: site.end,
          text: numberText(value, change.float === true || text.slice(site.start, site.end).includes('.')),
        },
      ]
    );
  }
  const old = numbersFrom(valueAt(config, path));
  if (!old) return undefined;
  if (old.length === value.length) {
    const edits = value.flatMap((v, i) => (v === old[i] ? [] : [inPlace(config, text, { path: [...path, i], value: v })]));
    return edits.every(e => e !== undefined) ? edits.flat() : undefined;
  }
  // Another length: the whole display, where it stands in this file.
  const site = displayOf(config, text, path);
  if (!site) return undefined;
  return [{ file, start: site.start, end: site.end, text: pythonText(change, text[site.start] === '(') }];
}

/** The brackets that a list was written in, in this file: where it is used, or where the variable is bound. */
function displayOf(config: ResolvedConfig, text: string, path: ConfigPath): Site | undefined {
  const value = valueAt(config, path),
    sites = [originAt(config, path)?.value, value === undefined ? null : siteOfValue(plain(value))];
  return sites.find(site => site?.file === config.file && /^[[(][\s\S]*[\])]$/.test(text.slice(site.start, site.end))) ?? undefined;
}

/** The literal that a number was written as in this file, if it is that number alone and no part of a sum. */
function literalOf(config: ResolvedConfig, text: string, path: ConfigPath, value: number): Site | undefined {
  const origin = originAt(config, path);
  if (!origin) return undefined;
  const literal = [origin.value, ...origin.literals].find(s => s.file === config.file && isLiteral(text.slice(s.start, s.end), value));
  if (literal) return literal;
  // An entry that is computed where it stands, `512 * 2`, is written as the number.
  const isEntry = typeof path.at(-1) === 'number' && origin.value.file === config.file;
  return isEntry && !/^\w+$/.test(text.slice(origin.value.start, origin.value.end)) ? origin.value : undefined;
}

const isLiteral = (text: string, value: number): boolean =>
  /^-?[\d._]+(?:e[+-]?\d+)?$/i.test(text) && Number(text.replaceAll('_', '')) === value;

const numberText = (value: number, float: boolean): string => (float && Number.isInteger(value) ? value.toFixed(1) : String(value));

export function pythonText({ value, float }: Change, tuple: boolean): string {
  if (typeof value === 'number') return numberText(value, float === true);
  const items = value.map(v => numberText(v, float === true)).join(', ');
  return tuple ? `(${items}${value.length === 1 ? ',' : ''})` : `[${items}]`;
}

function distinct(edits: readonly Edit[]): readonly Edit[] | null {
  const found = new Map<string, Edit>();
  for (const edit of edits) {
    const key = `${edit.start} ${edit.end}`;
    const other = found.get(key);
    if (other && other.text !== edit.text) {
      // Two insertions at one place follow each other; two texts for one literal cannot both be.
      if (edit.start !== edit.end) return null;
      found.set(key, { ...edit, text: other.text + edit.text });
    } else {
      found.set(key, edit);
    }
  }
  return [...found.values()].sort((a, b) => a.start - b.start);
}
