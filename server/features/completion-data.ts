/** Keys in a config of JSON or YAML: what the bases have where the cursor is, and the file does not give itself. */
import { valueAt } from '../config/origins.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { keysAt } from './completion-base.ts';
import type { CompletionItem } from './completion-item.ts';
import { type DataKey, jsonKeyAt, yamlKeyAt } from './data-key.ts';

export interface DataCompletionRequest {
  readonly file: string;
  readonly text: string;
  readonly offset: number;
  /** As it was when the text could last be read. */
  readonly config: ResolvedConfig;
  readonly bases: readonly ResolvedConfig[];
}

export function dataCompletion({ file, text, offset, config, bases }: DataCompletionRequest): readonly CompletionItem[] {
  const key = file.endsWith('.json') ? jsonKeyAt(text, offset) : yamlKeyAt(text, offset);
  if (!key) return [];
  const given = new Set([...givenAt(config, key.path), ...key.before]);
  const known = new Map(bases.flatMap(base => keysAt(base, key.path)).map(one => [one.name, one]));
  return [...known.values()]
    .filter(({ name }) => !given.has(name) || name === key.word)
    .map(({ name, detail }, i) => ({
      label: name,
      kind: 'key',
      detail,
      documentation: null,
      text: key.write(name),
      snippet: null,
      filterText: key.quote + name,
      range: { start: key.start, end: key.end },
      sortText: String(i).padStart(4, '0'),
      again: false,
      additional: [],
    }));
}

/** What the file itself has there. */
function givenAt(config: ResolvedConfig, path: DataKey['path']): ReadonlySet<string> {
  const here: unknown = valueAt(config, path);
  if (!(here instanceof Dict)) return new Set();
  return new Set([...here.entries.values()].flatMap(({ key, written }) => (written?.key.file === config.file ? [String(plain(key))] : [])));
}
