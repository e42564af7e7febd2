/** What is in a checkpoint: its tensors, what its training said, and the config that it was trained with. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { CheckpointHeader } from '../../runtime/index.ts';
import { configAsPython } from '../config/as-python.ts';
import { configContext } from '../config/context.ts';
import { resolveConfig } from '../config/index.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import type { InspectResult } from '../protocol.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { openHeader } from './weights.ts';

/** `config`: a file to set the checkpoint's own config against; null: none. Throws `DetectFailure`. */
export function inspect(project: Project, checkpoint: string, config: string | null): InspectResult {
  const opened = openHeader(checkpoint);
  const inside = opened.meta.config === null ? null : configText(project, `${checkpoint}.py`, opened.meta.config);
  return {
    kind: 'inspection',
    text: inspectionText(opened, statSync(checkpoint).size),
    config: inside,
    other: config === null || inside === null ? null : inOrder(project.config(config)),
  };
}

/** In the same form as every config is shown, so that what differs is what was changed. As it stands where it cannot be read. */
function configText(project: Project, file: string, text: string): string {
  const host = {
    read: (path: string) => (path === file ? text : null),
    list: () => [],
    kind: (path: string) => (path === file ? ('file' as const) : null),
    version: (path: string) => (path === file ? 'inside' : null),
  };
  const { parse, environment } = project.configs;
  const config = resolveConfig(configContext({ host, parse, environment }), file);
  return config.ok ? inOrder(config) : text;
}

/** As Python, keys in the alphabet's order: mmengine saves them so. */
const inOrder = (config: ResolvedConfig): string => configAsPython({ ...config, value: ordered(config.value) });

function ordered(dict: Dict): Dict {
  const entries = [...dict.entries].sort(([, a], [, b]) => (String(plain(a.key)) < String(plain(b.key)) ? -1 : 1));
  return new Dict(dict.type, dict.from, new Map(entries.map(([key, entry]) => [key, { ...entry, value: orderedValue(entry.value) }])));
}

function orderedValue(value: Value): Value {
  const inner = plain(value);
  if (inner instanceof Dict) return ordered(inner);
  if (inner instanceof List) return new List(inner.items.map(orderedValue), inner.from, inner.type);
  return inner instanceof Tuple ? new Tuple(inner.items.map(orderedValue), inner.from, inner.type) : value;
}

/** Markdown. `size`: of the file, in bytes. */
export function inspectionText({ path, format, tensors: stored, averaged, meta }: CheckpointHeader, size: number): string {
  const tensors = [...stored].map(([name, { shape, type }]) => ({
    name,
    shape,
    type,
    count: shape.reduce((n, d) => n * d, 1),
  }));
  const numbers = tensors.reduce((sum, { count }) => sum + count, 0);
  const facts: (readonly [string, string])[] = [
    ['File', `${(size / 1e6).toFixed(2)} MB, ${FORMATS[format]}`],
    ['Weights', `${tensors.length} tensor${tensors.length === 1 ? '' : 's'}, ${(numbers / 1e6).toFixed(2)} M numbers`],
    ...(averaged ? [['Averages', 'the weights are averages; those that were trained lie beside them'] as const] : []),
    ...(meta.epoch === null ? [] : [['Epoch', String(meta.epoch)] as const]),
    ...(meta.iteration === null ? [] : [['Iteration', String(meta.iteration)] as const]),
    ...(meta.classes === null ? [] : [['Classes', `${meta.classes.length}: ${meta.classes.join(', ')}`] as const]),
    ...meta.told.filter(([, value]) => !value.includes('\n')),
    ...meta.metrics.map(([name, value]) => [name, Number(value.toPrecision(6)).toString()] as const),
  ];
  return [
    `# ${basename(path)}`,
    '',
    ...table(['', ''], facts),
    '',
    '## Parts',
    '',
    ...table(['module', 'tensors', 'numbers'], parts(tensors)),
    '',
    '## Tensors',
    '',
    ...table(
      ['name', 'shape', 'type', 'numbers'],
      tensors.map(({ name, shape, type, count }) => [name, shape.join(' × ') || 'a number', type, String(count)]),
    ),
    '',
  ].join('\n');
}

const FORMATS: Readonly<Record<CheckpointHeader['format'], string>> = {
  zip: 'as torch.save writes it',
  legacy: 'as torch.save wrote it before 1.6',
  safetensors: 'safetensors',
};

/** By the first word of their names: backbone, neck, head. */
function parts(tensors: readonly { readonly name: string; readonly count: number }[]): readonly (readonly string[])[] {
  const found = new Map<string, { tensors: number; numbers: number }>();
  for (const { name, count } of tensors) {
    const part = name.split('.')[0] ?? name;
    const before = found.get(part) ?? { tensors: 0, numbers: 0 };
    found.set(part, { tensors: before.tensors + 1, numbers: before.numbers + count });
  }
  return [...found].map(([part, { tensors: count, numbers }]) => [part, String(count), String(numbers)]);
}

/** Columns as wide as they need to be, so that the text reads well as it is too. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const cells = rows.map(row => row.map(cell => cell.replace(/\|/g, '\\|')));
  const wide = head.map((title, i) => Math.max(3, title.length, ...cells.map(row => (row[i] ?? '').length)));
  const line = (row: readonly string[]): string => `| ${wide.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`;
  return [line(head), `|${wide.map(width => '-'.repeat(width + 2)).join('|')}|`, ...cells.map(line)];
}
