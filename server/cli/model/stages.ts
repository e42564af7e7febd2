/** A verdict for a terminal: the stages as a table, or what is wrong. */
import type { Shapes, Verdict } from '../../model/verdict.ts';
import type { NetworkDescription } from '../../picture/description.ts';
import type { Paint } from '../paint.ts';

/** `network`: for what runs beside backbone, neck and head, such as a second stage; null: that is not told. */
export function stagesText(name: string, verdict: Verdict, network: NetworkDescription<unknown> | null, paint: Paint): string {
  const [width, height] = verdict.size,
    title = `${paint('bold', name)}  ${paint('dim', `${width} × ${height}`)}\n`;
  const rows = verdict.parts.map(p => [
    p.name,
    p.type ?? '',
    channels(p.outputs),
    p.strides.join(', '),
    count(p.parameters),
    count(p.macs),
  ]);
  const others = Object.entries(verdict.parametersByPart).filter(([part]) => !verdict.parts.some(p => p.name === part));
  const beside = others.map(([part, parameters]) => {
    const { type = null, note = null, macs = null } = network?.parts.find(p => p.name === part) ?? {};
    return [part, type ?? '', note ?? '', '', count(parameters), macs === null ? '' : count(macs)];
  });
  const macs = network?.macs ?? verdict.macs;
  const total = verdict.parameters === null ? [] : [['', 'all', '', '', count(verdict.parameters), macs === null ? '' : count(macs)]];
  const table = rows.length ? grid([['', 'type', 'channels', 'stride', 'parameters', 'MACs'], ...rows, ...beside, ...total], paint) : '';
  return title + table + problems(verdict, paint);
}

function problems(verdict: Verdict, paint: Paint): string {
  if (verdict.ok === null) {
    const known = verdict.facts === null ? '' : `  ${paint('green', 'checked by bundled facts')}: ${verdict.facts}\n`;
    return `${known}  ${paint('yellow', known ? 'the rest not checked' : 'not checked')}: ${verdict.unknown ?? ''}\n`;
  }
  if (verdict.ok) return '';
  const shown = verdict.mismatches.length ? verdict.mismatches : verdict.error ? [{ error: verdict.error, blame: [] }] : [];
  // One wrong number is found by every convolution that takes it: it is told once.
  const told = new Set<string>(),
    once = shown.filter(({ error, blame }) => !told.has(`${blame[0] ?? error.message}`) && told.add(`${blame[0] ?? error.message}`));
  return once
    .map(({ error, blame }) => {
      const place = [error.where, error.at].filter(Boolean).join(', ');
      const message = error.message || error.source || '';
      return `  ${paint('red', error.type)}: ${message}\n${place ? `    ${paint('dim', place)}\n` : ''}${blame.length ? `    ${paint('cyan', blame.map(path => `model.${path}`).join(', '))}\n` : ''}`;
    })
    .join('');
}

/** Channels of each level; of a head, of each of what it gives. */
function channels(outputs: Shapes): string {
  if (!Array.isArray(outputs)) return '';
  if (outputs.every(s => typeof s === 'number')) return String(outputs[0] ?? '');
  const parts = outputs.map(channels);
  return parts.some(p => p.includes(',')) ? parts.map(p => `[${p}]`).join(' ') : parts.join(', ');
}

/** 7.2 M, 16.5 G. */
function count(n: number): string {
  for (const [unit, size] of [
    ['G', 1e9],
    ['M', 1e6],
    ['k', 1e3],
  ] as const)
    if (n >= size) return `${(n / size).toFixed(n >= 100 * size ? 0 : n >= 10 * size ? 1 : 2)} ${unit}`;
  return String(n);
}

function grid([head = [], ...rows]: readonly (readonly string[])[], paint: Paint): string {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map(r => (r[i] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, i) => (i < 4 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')}`.trimEnd();
  return `${[paint('dim', line(head)), ...rows.map(line)].join('\n')}\n`;
}
