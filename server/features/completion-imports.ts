/** Imports of a lazy config while they are typed: modules after `from`, of bases where the import stands under `read_base()`, and names after `import`. */
import { baseCandidates } from './base-candidates.ts';
import { keysAt } from './completion-base.ts';
import { cursorOnWord } from './completion-context.ts';
import { type CompletionItem, item } from './completion-item.ts';
import type { CompletionRequest } from './completion-surroundings.ts';

/** Null: the cursor is in no import. */
export function imports(request: CompletionRequest): CompletionItem[] | null {
  const { text, offset } = request;
  // An import may go on in brackets over several lines.
  const before = text.slice(Math.max(0, offset - FARTHEST), offset);
  const found = /(?:^|\n)([ \t]*)from[ \t]+([\w.]*)(?:([ \t]+)(i?m?p?o?r?t?|import[ \t]+[\w \t,*]*|import[ \t]*\([\w\s,]*))?$/.exec(before);
  if (!found) return null;
  const [, indent = '', module = '', gap, tail] = found;
  const underReadBase =
    indent !== '' && /(?:^|\n)with[ \t]+read_base[ \t]*\([ \t]*\)[ \t]*:[^\n]*(?:\n[ \t]+[^\n]*|\n[ \t]*)*$/.test(before);
  if (gap === undefined) return modules(request, module, underReadBase);
  if (!/^import\b[ \t]*[(\s]/.test(tail ?? '')) return keyword(request, tail ?? '');
  const list = (tail ?? '').slice('import'.length);
  return /\bas[ \t]+\w*$/.test(list) ? [] : names(request, module, underReadBase, list);
}
const FARTHEST = 4000;

function keyword(request: CompletionRequest, typed: string): CompletionItem[] {
  return [
    item(cursorOnWord(request.text, request.offset, typed), {
      label: 'import',
      kind: 'value',
      detail: '',
      text: 'import ',
      rank: 0,
      again: true,
    }),
  ];
}

function modules(request: CompletionRequest, typed: string, underReadBase: boolean): CompletionItem[] {
  const cursor = cursorOnWord(request.text, request.offset, typed);
  const offered = new Map<string, string>();
  if (underReadBase) for (const module of likelyBases(request, typed)) offered.set(module, 'config');
  for (const { name, detail } of nextSteps(request, typed, underReadBase)) if (!offered.has(name)) offered.set(name, detail);
  return [...offered].map(([label, detail], rank) =>
    item(cursor, { label, kind: 'value', detail, text: label, rank, again: /^\.+$/.test(label) }),
  );
}

/** The bases that a text-style config might name here, as modules; a file that has no name of Python's cannot be imported. */
function likelyBases({ file, list, read, text }: CompletionRequest, typed: string): readonly string[] {
  if (file === undefined || !list || !read || (typed !== '' && !typed.startsWith('.'))) return [];
  const given = new Set([...text.matchAll(/^[ \t]+from[ \t]+(\.[\w.]*)[ \t]+import\b/gm)].map(found => found[1]));
  return baseCandidates(file, [], { list, read }).flatMap(path => {
    const module = moduleOf(path);
    return module === null || given.has(module) ? [] : [module];
  });
}
/** `../_base_/models/yolo.py` is `.._base_.models.yolo`. */
function moduleOf(path: string): string | null {
  const found = /^((?:\.\.?\/)*)([\w/]+)\.py$/.exec(path);
  if (!found) return null;
  const up = (found[1] ?? '').split('/').filter(step => step === '..').length;
  return `.${'.'.repeat(up)}${(found[2] ?? '').replaceAll('/', '.')}`;
}

/** What lies in the folder that has been typed so far. */
function nextSteps(
  { file, list, packageOf, registry }: CompletionRequest,
  typed: string,
  underReadBase: boolean,
): readonly { readonly name: string; readonly detail: string }[] {
  if (file === undefined || !list) return [];
  const written = typed.slice(0, typed.lastIndexOf('.') + 1);
  const steps = (folder: string): readonly { readonly name: string; readonly detail: string }[] =>
    list(folder).flatMap(({ name, kind }) => {
      const stem = kind === 'folder' ? name : /\.py$/.test(name) ? name.slice(0, -3) : '';
      if (!/^[A-Za-z_]\w*$/.test(stem) || /^__/.test(stem) || (kind !== 'folder' && `${folder}/${name}` === file)) return [];
      return [{ name: written + stem, detail: kind === 'folder' ? 'folder' : underReadBase ? 'config' : 'module' }];
    });
  const dots = /^\.*/.exec(written)?.[0].length ?? 0;
  const inside = written.slice(dots).split('.').filter(Boolean);
  if (dots) {
    // Only a base can be imported from beside the file.
    const up = file.split('/').slice(0, -dots);
    return underReadBase ? steps([...up, ...inside].join('/')) : [];
  }
  const [top, ...rest] = inside;
  if (top === undefined) {
    const libraries = [...registry.libraries.keys()].map(name => ({ name, detail: 'library' }));
    return underReadBase
      ? [{ name: '.', detail: 'folder' }, { name: '..', detail: 'folder' }, ...libraries]
      : [{ name: 'mmengine.config', detail: 'module' }, ...libraries];
  }
  const folder = packageOf?.(top) ?? null;
  return folder === null ? [] : steps([folder, ...rest].join('/'));
}

function names(request: CompletionRequest, module: string, underReadBase: boolean, list: string): CompletionItem[] {
  const word = /\w*$/.exec(list)?.[0] ?? '';
  const cursor = cursorOnWord(request.text, request.offset, word);
  const given = new Set(list.slice(0, list.length - word.length).match(/\w+/g));
  const offered = new Map<string, string>();
  const base = underReadBase ? (request.configOf?.(module) ?? null) : null;
  if (underReadBase && given.size === 0) offered.set('*', 'all that the base has');
  for (const { name, detail } of keysAt(base, [])) offered.set(name, detail);
  if (module === 'mmengine.config') offered.set('read_base', 'marks the bases');
  if (!underReadBase)
    for (const { name, target, role, registry } of request.registry.entriesOf(module.split('.')[0] ?? ''))
      if (target.startsWith(`${module}.`) && target.endsWith(`.${name}`)) offered.set(name, role ?? registry);
  return [...offered].flatMap(([label, detail], rank) =>
    given.has(label) ? [] : [item(cursor, { label, kind: detail === '' ? 'value' : 'key', detail, text: label, rank })],
  );
}
