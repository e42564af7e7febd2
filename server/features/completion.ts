/** What may be written at the cursor: registered types in `type='…'`, arguments of the type that is given, keys of the base, names behind `_base_.`. */
import { keysAt } from './completion-base.ts';
import { type Cursor, cursorAt } from './completion-context.ts';
import { imports } from './completion-imports.ts';
import { type CompletionItem, item } from './completion-item.ts';
import { keys } from './completion-keys.ts';
import { attributes, names, subscripts } from './completion-names.ts';
import type { CompletionRequest } from './completion-surroundings.ts';
import { RUNNERS_NAMES, topNames } from './completion-top.ts';
import { isType, types } from './completion-types.ts';
import { strings, values } from './completion-values.ts';

export function completion(request: CompletionRequest): readonly CompletionItem[] {
  const imported = imports(request);
  if (imported) return imported;
  const cursor = cursorAt(request.text, request.offset);
  if (!cursor) return attributes(request) ?? names(request);
  if (cursor.kind === 'string' || cursor.kind === 'key') {
    const found = cursor.quote === null ? null : subscripts(request);
    if (found) return found;
  }
  switch (cursor.kind) {
    case 'string':
      return isType(cursor) ? types(request, cursor) : strings(request, cursor);
    case 'value':
      return isType(cursor) ? types(request, cursor) : [...values(request, cursor), ...names(request)];
    case 'key':
      return keys(request, cursor);
    case 'attribute':
      return ofBase(request, cursor);
    case 'statement':
      return topNames(request, cursor);
  }
}

/** Names behind `_base_.`: the one that is assigned to, then those that share a word with it, then the variables that a base keeps for others; last what is mmengine's own, which nobody repeats. */
function ofBase(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  const target = String(cursor.key ?? cursor.path.findLast(step => typeof step === 'string') ?? '');
  const words = new Set(target.split('_'));
  const runner = new Set(cursor.attributes.length === 0 ? RUNNERS_NAMES : []);
  const group = (name: string): number =>
    name === target ? 0 : name.split('_').some(word => word.length > 2 && words.has(word)) ? 1 : runner.has(name) ? 3 : 2;
  return (request.bases?.() ?? [request.config])
    .flatMap(config => keysAt(config, cursor.attributes))
    .map((key, i) => item(cursor, { label: key.name, kind: 'key', detail: key.detail, text: key.name, rank: group(key.name) * 1000 + i }));
}
