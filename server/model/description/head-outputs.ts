/** What a head gives for each level, in the words of its own source. */

import type { HeadOutput } from '../../picture/description.ts';
import type { Host } from '../../project/host.ts';
import { PyFunction } from '../../python/function.ts';
import { Obj } from '../../python/value.ts';
import { childOf } from '../children.ts';
import type { Shapes } from '../verdict.ts';
import { tensorsIn } from './levels.ts';

/** `levels`: so many come in. */
export function headOutputs(head: Obj, shapes: Shapes, levels: number, host: Host): readonly HeadOutput[] {
  const groups = groupsOf(shapes, levels);
  if (!groups) return [];
  const names = namesOf(head, groups.length, host);
  return groups.map((channels, i) => ({ name: names?.[i] ?? (groups.length > 1 ? `output ${i + 1}` : 'output'), channels }));
}

/** Lists of one entry a level: `(classes of all levels, boxes of all levels)`; or, the other way round, a level's outputs together. Null: neither. */
function groupsOf(shapes: Shapes, levels: number): readonly (readonly (number | null)[])[] | null {
  const outer = itemsOf(shapes);
  if (!outer) {
    const [only] = tensorsIn(shapes);
    return only && levels <= 1 ? [[channelsOf(only)]] : null;
  }
  const groups = outer.map(group => (isTensor(group) ? [group] : (itemsOf(group) ?? [])));
  const counts = new Set(groups.map(group => group.length));
  if (counts.size !== 1) return null;
  const [inner = 0] = counts;
  const channels = groups.map(group => group.map(entry => channelsIn(entry)));
  if (inner === levels && inner > 0) return channels;
  // One level after another, each with its outputs.
  if (outer.length === levels && inner > 0) return Array.from({ length: inner }, (_, i) => channels.map(group => group[i] ?? null));
  return levels === 1 && inner === 1 ? channels : null;
}

const isTensor = (shapes: Shapes): shapes is readonly number[] =>
  Array.isArray(shapes) && shapes.length > 0 && typeof shapes[0] === 'number';
function itemsOf(shapes: Shapes): readonly Shapes[] | null {
  if (!Array.isArray(shapes)) return null;
  const items: readonly (number | Shapes)[] = shapes;
  return items.length && typeof items[0] === 'number' ? null : items.flatMap(item => (typeof item === 'number' ? [] : [item]));
}
const channelsOf = (shape: readonly number[]): number | null =>
  shape.length === 3 || shape.length === 1 ? (shape[0] ?? null) : (shape.at(-1) ?? null);
function channelsIn(entry: Shapes): number | null {
  const [only, ...more] = tensorsIn(entry);
  return only && !more.length ? channelsOf(only) : null;
}

/** Of the last `return` with so many names in the method that a level goes through. */
function namesOf(head: Obj, count: number, host: Host): readonly string[] | null {
  for (const owner of [childOf(head, 'head_module'), head]) {
    if (!(owner instanceof Obj)) continue;
    for (const name of ['forward_single', 'forward']) {
      const method = owner.type.find(name);
      const names = method instanceof PyFunction ? returnedNames(sourceOf(method, host), count) : null;
      if (names) return names;
    }
  }
  return null;
}

const sourceOf = ({ code: { file, span } }: PyFunction, host: Host): string => (host.read(file) ?? '').slice(span.start, span.end);

export function returnedNames(source: string, count: number): readonly string[] | null {
  const returned = [...source.matchAll(/^\s*return\s+\(?((?:\w+|tuple\(\w+\))(?:\s*,\s*(?:\w+|tuple\(\w+\)))*)\s*,?\s*\)?\s*(?:#.*)?$/gm)];
  for (const [, list = ''] of returned.reverse()) {
    const names = list.split(',').map(name => name.trim().replace(/^tuple\((\w+)\)$/, '$1'));
    if (names.length === count && (count > 1 || /cls|class|score/.test(names[0] ?? ''))) return names.map(wordFor);
  }
  return null;
}

const WORDS: Readonly<Record<string, string>> = { cls: 'class', bbox: 'box', obj: 'object', objectness: 'object', reg: 'box' };
function wordFor(name: string): string {
  const bare = name.replace(/^(?:rpn_|all_layers_|multi_level_|flatten_|outputs?_)/, '');
  if (WORDS[bare] !== undefined) return WORDS[bare];
  const stem = bare.replace(/_(?:score|pred|logit|out|output|list)s?$/, '');
  return WORDS[stem] ?? (stem.replaceAll('_', ' ') || name);
}
