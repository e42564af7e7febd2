/** A network's modules for a terminal: each with its class, what it gives, its parameters and MACs. */
import type { NetworkDescription, NetworkModule } from '../../picture/description.ts';
import { macText, parameterText, shapeText } from '../../picture/figures.ts';
import type { Site } from '../../python/value.ts';
import type { Paint } from '../paint.ts';

/** `depth`: so many steps below the model; undefined: every layer. */
export function treeText({ modules, types }: NetworkDescription<Site>, depth: number | undefined, paint: Paint): string {
  const shown = modules.filter(({ path }) => path && (depth === undefined || path.split('.').length <= depth));
  if (!shown.length) return '';
  const rows = shown.map(module => [
    `${'  '.repeat(module.path.split('.').length - 1)}${module.path.split('.').at(-1) ?? ''}`,
    types[module.type]?.name ?? '',
    outputText(module),
    parameterText(module.parameters),
    macText(module.macs),
  ]);
  const head = ['module', 'class', 'output', 'parameters', 'MACs'];
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map(row => (row[i] ?? '').length)));
  const text = (row: readonly string[]): string =>
    `  ${row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`.trimEnd();
  return `${[paint('dim', text(head)), ...rows.map((row, i) => (shown[i]?.wrong ? paint('red', text(row)) : text(row)))].join('\n')}\n`;
}

/** For `--json`. */
export const moduleRecords = (
  { modules, types }: NetworkDescription<Site>,
  depth: number | undefined,
): readonly Record<string, unknown>[] =>
  modules
    .filter(({ path }) => path && (depth === undefined || path.split('.').length <= depth))
    .map(({ path, type, outputs, calls, parameters, macs }) => ({
      path,
      class: types[type]?.name ?? null,
      outputs,
      calls,
      parameters,
      macs,
    }));

/** The first of several, and how many more. */
function outputText({ outputs }: Pick<NetworkModule, 'outputs'>): string {
  const [first, ...more] = outputs;
  return first ? `${shapeText(first)}${more.length ? ` + ${more.length}` : ''}` : '';
}
