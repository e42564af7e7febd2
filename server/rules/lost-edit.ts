/**
 * A variable of the base that is edited in place: `_base_.train_pipeline[2].scale = …`, `_base_.train_pipeline.insert(…)`. mmengine copies a base's values into a
 * `ConfigDict` (0.10.7), so what the base made of the variable is another object, and keeps what the base wrote.
 */
import { isHolder } from '../config/alike.ts';
import { literalsOf, siteOfValue } from '../config/sites.ts';
import { isWhole } from '../config/whole.ts';
import { equal } from '../python/operate.ts';
import type { Site, Value } from '../python/value.ts';
import type { Expression, Span, Statement } from '../syntax/nodes.ts';
import { isMeant, type Use, usesAmong } from './lost-override.ts';
import type { ConfigContext } from './rule.ts';
import { type Placed, walkValues } from './values-of.ts';

export interface LostEdit {
  readonly name: string;
  readonly value: Value;
  /** The first of what is edited. */
  readonly site: Site;
  /** Behind the last of them. */
  readonly below: number;
  /** What still is as the base wrote it, the outermost of each. */
  readonly uses: readonly Use[];
}

/** Of names that this file does not read, but to edit them. */
export function lostEdits(context: ConfigContext): readonly LostEdit[] {
  const { config } = context;
  const { file } = config;
  const text = context.text(file) ?? '';
  if (config.style !== 'text' || !text.includes('_base_.') || !isWhole(config) || TAKEN_WHOLE.test(text)) return [];
  const edits = (context.body(file) ?? []).flatMap(statement => edited(statement).map(one => ({ ...one, end: statement.span.end })));
  const names = [...new Set(edits.map(({ name }) => name))].filter(name => !isMeant(name));
  if (!names.length) return [];
  const used: Placed[] = [];
  const pieces = new Map<string, Value[]>();
  walkValues(config.value, (value, written, [top, ...path]) => {
    const name = String(top);
    if (isMeant(name)) used.push({ path: [name, ...path], value, written });
    else if (path.length && names.includes(name)) pieces.set(name, [...(pieces.get(name) ?? []), value]);
  });
  return names.flatMap((name): LostEdit[] => {
    const own = edits.filter(edit => edit.name === name);
    const entry = config.value.entries.get(name);
    const isBase = entry?.written && entry.written.key.file !== file;
    const [first] = own;
    // What reads it besides may put it to use.
    const isRead = (text.match(new RegExp(`\\b_base_\\.${name}\\b`, 'g'))?.length ?? 0) > own.length;
    if (!first || !entry?.written || !isBase || isRead) return [];
    const left = pieces.get(name) ?? [];
    const { written } = entry;
    const changed = used.filter(({ value }) => !isLeft(value, left, written.value));
    const uses = usesAmong(context, changed, [written], { name, value: entry.value });
    const { start, end, line } = first.span;
    return uses.length
      ? [{ name, value: entry.value, site: { file, start, end, line }, below: Math.max(...own.map(edit => edit.end)), uses }]
      : [];
  });
}

/** `_base_` as a whole, `_base_['train_pipeline']` and `_base_.get(…)`: any of its names may be read by it. */
const TAKEN_WHOLE = /\b_base_(?!\s*(?:=[^=]|\.))|\b_base_\.(?:get|items|values|copy|pop|to_dict)\b/;

/** What was made of pieces that the edits left as they are. `made`: the expression of all. */
function isLeft(value: Value, pieces: readonly Value[], made: Site): boolean {
  const isAt = (piece: Value, site: Site): boolean => {
    const own = siteOfValue(piece);
    return own?.file === site.file && own.start === site.start;
  };
  if (isHolder(value)) {
    const site = siteOfValue(value);
    return site !== null && pieces.some(piece => isAt(piece, site) && equal(piece, value));
  }
  const literals = literalsOf(value).filter(({ file, start, end }) => file === made.file && made.start <= start && end <= made.end);
  return literals.length > 0 && literals.every(site => pieces.some(piece => isAt(piece, site)));
}

interface Edited {
  readonly name: string;
  readonly span: Span;
}

/** Methods of lists and dicts that change what they are called on. */
const CHANGING = new Set(['append', 'extend', 'insert', 'pop', 'remove', 'clear', 'reverse', 'sort', 'update', 'setdefault']);

function edited(statement: Statement): readonly Edited[] {
  switch (statement.kind) {
    case 'assign':
    case 'delete':
      return statement.targets.flatMap(within);
    case 'augment':
      return within(statement.target);
    case 'expression': {
      const { value } = statement;
      const callee = value.kind === 'call' ? value.callee : null;
      return callee?.kind === 'attribute' && CHANGING.has(callee.name) ? rootOf(callee.object) : [];
    }
    default:
      return [];
  }
}

/** What stands in a name of `_base_`. The name itself set anew is no edit. */
const within = (target: Expression): readonly Edited[] =>
  target.kind === 'attribute' || target.kind === 'subscript' ? rootOf(target.object).map(one => ({ ...one, span: target.span })) : [];

function rootOf(of: Expression): readonly Edited[] {
  if (of.kind === 'attribute' && of.object.kind === 'name' && of.object.name === '_base_') return [{ name: of.name, span: of.span }];
  return of.kind === 'attribute' || of.kind === 'subscript' ? rootOf(of.object).map(one => ({ ...one, span: of.span })) : [];
}
