/** Values where they can be told: a default, both truths, the choices that the class itself names, stages to take; paths of bases and names of scopes in strings. */
import type { Entry, Parameter } from '../registry/entry.ts';
import { literalText } from '../registry/scan/literal-table.ts';
import { baseCandidates, basesNamedIn } from './base-candidates.ts';
import type { Cursor } from './completion-context.ts';
import { type CompletionItem, item } from './completion-item.ts';
import { basePaths } from './completion-paths.ts';
import { type CompletionRequest, entryAt, isLazy, placeAt, scopeAt } from './completion-surroundings.ts';

export function values(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  const scope = scopeAt(request, cursor);
  const entry = cursor.key === null ? null : entryAt(request, scope, cursor.path, cursor.frames.at(-1));
  const parameter = entry?.parameters.find(({ name }) => name === cursor.key);
  const choices = choicesOf(entry, parameter);
  if (cursor.key === '_delete_') choices.set('True', 'replace what the base has');
  const items = [...choices].map(([text, detail], rank) => item(cursor, { label: text, kind: 'value', detail, text, rank }));
  const part = cursor.key === null ? null : placeAt(request, cursor, scope, [...cursor.path, cursor.key]);
  if (part && parameter && !/^(?:True|False|-?\d|['"])/.test(parameter.default ?? '')) {
    const quotes = isLazy(request.text) ? '' : "'";
    const detail = part.role ?? part.registry;
    items.push(
      item(cursor, {
        label: 'dict(type=…)',
        kind: 'value',
        detail,
        text: `dict(type=${quotes}`,
        snippet: `dict(type=${quotes}$1${quotes})`,
        filterText: 'dict',
        rank: 90,
        again: true,
      }),
    );
  }
  return items;
}

/** Strings elsewhere: paths of bases, names of scopes, choices of an argument. */
export function strings(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  if ((cursor.key ?? cursor.path[0]) === '_base_') return basesIn(request, cursor);
  if (cursor.key === 'default_scope' || cursor.key === '_scope_')
    return [...request.registry.libraries.keys()].map((library, rank) =>
      item(cursor, { label: library, kind: 'value', detail: 'scope', text: library, rank }),
    );
  const entry = cursor.key === null ? null : entryAt(request, scopeAt(request, cursor), cursor.path, cursor.frames.at(-1));
  return [
    ...choicesOf(
      entry,
      entry?.parameters.find(({ name }) => name === cursor.key),
    ),
  ].flatMap(([written, detail], rank) => {
    const text = /^(['"])(.*)\1$/.exec(written)?.[2];
    return text === undefined ? [] : [item(cursor, { label: text, kind: 'value', detail, text, rank })];
  });
}

/** Whole paths that are likely, then the way there folder by folder. */
function basesIn({ text, file, list, read, configsOf }: CompletionRequest, cursor: Cursor): CompletionItem[] {
  if (file === undefined || !list) return [];
  const steps = basePaths(file, cursor.prefix, list, configsOf);
  const { start, end } = cursor.range;
  const given = basesNamedIn(`${text.slice(0, start)}${text.slice(end)}`);
  const whole = read && !cursor.prefix.includes('::') ? baseCandidates(file, given, { list, read }) : [];
  const shown = cursor.prefix === '' ? whole.slice(0, MOST_PATHS) : whole;
  const known = new Set(shown);
  return [
    ...shown.map((path, rank) => item(cursor, { label: path, kind: 'value', detail: 'config', text: path, rank })),
    ...steps.flatMap(({ path, folder }, i) =>
      known.has(path)
        ? []
        : [
            item(cursor, {
              label: path,
              kind: 'value',
              detail: folder ? 'folder' : 'config',
              text: path,
              rank: FOLDERS + i,
              again: folder,
            }),
          ],
    ),
  ];
}
const MOST_PATHS = 400;
/** Folders come after the files that are likely. */
const FOLDERS = 50_000;

/** Python's text of each value → a word on it; the default first. */
function choicesOf(entry: Entry | null, parameter: Parameter | undefined): Map<string, string> {
  const choices = new Map<string, string>();
  if (!entry || !parameter) return choices;
  const { default: fallback, annotation } = parameter;
  if (fallback !== null && fallback !== '...') choices.set(fallback, 'default');
  const add = (text: string, detail = ''): void => {
    if (!choices.has(text)) choices.set(text, detail);
  };
  for (const choice of parameter.choices?.values ?? []) add(literalText(choice));
  if (fallback === 'True' || fallback === 'False' || /\bbool\b/.test(annotation ?? '')) for (const truth of ['True', 'False']) add(truth);
  for (const found of annotation?.matchAll(/Literal\[([^\]]*)\]/g) ?? []) for (const literal of found[1]!.split(',')) add(literal.trim());
  if (/\bNone\b|Optional/.test(annotation ?? '')) add('None');
  if (parameter.name === 'out_indices') for (const stages of stagesOf(entry, fallback)) add(stages, 'stages that are given out');
  return choices;
}

/** The last stages of a backbone, as necks want them: of four stages `(1, 2, 3)`, `(2, 3)`, … */
function stagesOf({ parameters }: Entry, fallback: string | null): readonly string[] {
  const indices = [...(fallback ?? '').matchAll(/\d+/g)].map(Number);
  const stages = Number(parameters.find(({ name }) => name === 'num_stages')?.default ?? NaN);
  const last = Number.isInteger(stages) ? stages - 1 : Math.max(...indices, 3);
  const from = Number.isInteger(stages) || indices.length === 0 ? 0 : Math.min(...indices);
  const all = Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i);
  return all.map((_, i) => all.slice(i)).map(some => (some.length === 1 ? `(${some[0]},)` : `(${some.join(', ')})`));
}
