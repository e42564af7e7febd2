/** Names of the file where one is read, and what their values have: `model.backbone.` of a lazy config, `_base_.model['…`, `pipeline[1]['…`. */

import { ConfigDict } from '../config/config-dict.ts';
import { valueAt } from '../config/origins.ts';
import { parsePath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import type { Dict } from '../python/types/dict.ts';
import { type KnownKey, keysAt } from './completion-base.ts';
import { type Cursor, cursorOnWord } from './completion-context.ts';
import { type CompletionItem, item } from './completion-item.ts';
import type { CompletionRequest } from './completion-surroundings.ts';

/** After the dot behind a name. Null: there is none. `_base_` has a way of its own. */
export function attributes(request: CompletionRequest): CompletionItem[] | null {
  const found = new RegExp(String.raw`(?:^|[^\w.\])'"}])([^\W\d]\w*)(${STEPS})\.(\w*)$`, 'u').exec(lineBefore(request));
  const [, root = '', steps = '', word = ''] = found ?? [];
  if (!found || root === '_base_') return null;
  const path = pathOf(root, steps);
  const at = path && holding(request, root);
  // Attributes are what a ConfigDict has; a dict that the file itself has made has none.
  if (!at || !(valueAt({ value: at }, path) instanceof ConfigDict)) return [];
  return listed(cursorOnWord(request.text, request.offset, word), keysAt({ value: at }, path), name => name);
}

/** In the quotes of `name['…`. Null: the cursor is not there. */
export function subscripts(request: CompletionRequest): CompletionItem[] | null {
  const found = new RegExp(String.raw`(?:^|[^\w.\])'"}])([^\W\d]\w*)(${STEPS})\[\s*(['"])([^'"\\]*)$`, 'u').exec(lineBefore(request));
  if (!found) return null;
  const [, root = '', steps = '', quote = '', word = ''] = found;
  const path = pathOf(root, steps);
  if (!path) return [];
  const cursor = cursorOnWord(request.text, request.offset, word, quote);
  const write = (name: string): string => (request.text[cursor.range.end] === quote ? name : `${name}${quote}]`);
  if (root === '_base_')
    return listed(
      cursor,
      (request.bases?.() ?? []).flatMap(base => keysAt(base, path.slice(1))),
      write,
    );
  const at = holding(request, root);
  return at ? listed(cursor, keysAt({ value: at }, path), write) : [];
}

/** Where an expression may begin: the names that are bound by then. */
export function names(request: CompletionRequest): CompletionItem[] {
  const before = lineBefore(request);
  const word = /\w*$/.exec(before)?.[0] ?? '';
  if (/^\d/.test(word)) return [];
  const ahead = before.slice(0, before.length - word.length).trimEnd();
  const begins = ahead === '' ? !/^\w/.test(before) : /[=([{,:+\-*/%<>]$|\b(?:in|if|else|and|or|not|return)$/.test(ahead);
  if (!begins || /#/.test(ahead.replace(/(['"]).*?\1/g, '')) || /^(?:def|class|import|from|for)\b/.test(ahead.trimStart())) return [];
  const bound = request.names?.();
  const known = keysAt(bound ? { value: bound } : null, []);
  const cursor = cursorOnWord(request.text, request.offset, word);
  const items = listed(cursor, known, name => name);
  const base = /^_base_\s*=(?!=)/m.test(request.text) ? [{ name: '_base_', detail: 'what the bases have' }] : [];
  return [...items, ...listed(cursor, base, name => name)];
}

const STEPS = String.raw`(?:\.\w+|\[\s*(?:-?\d+|'[^'\]]*'|"[^"\]]*")\s*\])*`;

function pathOf(root: string, steps: string): ConfigPath | null {
  return parsePath(root + steps.replace(/\s/g, '').replaceAll('"', "'"));
}

/** What has the name: the file as it is here, else as it could last be read. */
function holding(request: CompletionRequest, root: string): Dict | null {
  const here = request.names?.() ?? null;
  return here?.get(root) !== undefined ? here : (request.config?.value ?? null);
}

function lineBefore({ text, offset }: CompletionRequest): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

function listed(cursor: Cursor, keys: readonly KnownKey[], write: (name: string) => string): CompletionItem[] {
  return keys.map(({ name, detail }, rank) => item(cursor, { label: name, kind: 'key', detail, text: write(name), rank: LAST + rank }));
}
/** Whatever else is offered in the same place comes first. */
const LAST = 5000;
