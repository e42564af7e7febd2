/** What was written in another form than it is meant in: a number in quotes, a part in a list of its own where the base has it alone. */
import { itemsFrom, numberFrom, textFrom } from '../../config/from-value.ts';
import { originAt, valueAt } from '../../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import { plain } from '../../python/origin.ts';
import { Dict } from '../../python/types/dict.ts';
import type { Value } from '../../python/value.ts';
import { expressionAt } from '../../syntax/expression-at.ts';
import type { Block } from '../../syntax/nodes.ts';
import type { Proof } from '../rule.ts';
import { inModel } from './blame.ts';
import type { Step } from './steps.ts';

export function otherForms({ config, verdict }: Proof, text: string, body: Block): readonly Step[] {
  const [failed] = verdict.mismatches;
  const parts = (failed?.blame ?? []).map(inModel);
  return [
    ...parts.slice(0, 1).flatMap(path => [...withoutQuotes(config, partOf(config, path), text), ...withoutList(config, path, text, body)]),
  ];
}

const partOf = (config: ResolvedConfig, path: ConfigPath): ConfigPath =>
  path.length > 1 && !(valueAt(config, path) instanceof Dict) ? partOf(config, path.slice(0, -1)) : path;

/** `[24, 48, '96']` */
function withoutQuotes(config: ResolvedConfig, part: ConfigPath, text: string): readonly Step[] {
  const dict = valueAt(config, part);
  const paths =
    dict instanceof Dict ? [...dict.entries.values()].flatMap(({ key, value }) => numerals([...part, String(plain(key))], value)) : [];
  const found = paths.flatMap(({ path, number }) => {
    const site = originAt(config, path)?.value;
    const isHere = site?.file === config.file && /^(['"]).*\1$/.test(text.slice(site.start, site.end));
    return site && isHere ? [{ path, number, edit: { file: config.file, start: site.start, end: site.end, text: number } }] : [];
  });
  const edits = found.map(({ edit }) => edit).filter((edit, i, all) => all.findIndex(other => other.start === edit.start) === i);
  if (!edits.length) return [];
  return [{ title: `Change ${found[0] ? `'${found[0].number}' to ${found[0].number}` : ''}`, edits, paths: found.map(({ path }) => path) }];
}

function numerals(path: ConfigPath, value: Value): readonly { readonly path: ConfigPath; readonly number: string }[] {
  const items = itemsFrom(value);
  const all = items ? items.map((item, i) => ({ path: [...path, i], item })) : [{ path, item: value }];
  if (items && !items.some(item => numberFrom(item) !== undefined)) return [];
  return all.flatMap(({ path: at, item }) => {
    const number = textFrom(item);
    return number !== undefined && /^-?\d+(?:\.\d+)?$/.test(number) ? [{ path: at, number }] : [];
  });
}

/** `neck=[dict(…)]` over a base's dict. */
function withoutList(config: ResolvedConfig, blamed: ConfigPath, text: string, body: Block): readonly Step[] {
  const at = blamed.indexOf(0),
    path = blamed.slice(0, at),
    origin = at < 0 ? undefined : originAt(config, path);
  const site = origin?.value,
    before = origin?.overrides;
  const list = site?.file === config.file ? expressionAt(body, site) : null;
  if (!site || !before || before.value.file === config.file || (list?.kind !== 'list' && list?.kind !== 'tuple') || list.items.length !== 1)
    return [];
  const [item] = list.items;
  if (!item) return [];
  const edit = { file: config.file, start: site.start, end: site.end, text: text.slice(item.span.start, item.span.end) };
  return [{ title: `Write ${String(path.at(-1))} without the list, as the base does`, edits: [edit], paths: [path] }];
}
