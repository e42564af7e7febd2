import type { NetworkDescription, NetworkPart } from '../../../server/picture/description.ts';
import { element } from '../page/element.ts';

/** The verdict first, then the two totals, then what they are of. */
export function leadLine(network: NetworkDescription): HTMLElement {
  const { parameters, macs } = network;
  const bad = misfits(network);
  const parts: HTMLElement[] = [];
  if (bad !== null) parts.push(element('b', { class: 'bad' }, bad));
  if (parameters !== null) parts.push(figure(`${(parameters / 1e6).toFixed(2)} M`, 'parameters'));
  if (macs !== null) parts.push(figure((macs / 1e9).toFixed(2), 'GMACs'));
  const rest = remark(network);
  if (rest !== null) parts.push(element('span', { class: 'dim' }, rest));
  return element('p', { class: 'lead' }, ...parts);
}

const figure = (value: string, unit: string): HTMLElement => element('span', {}, element('b', {}, value), ` ${unit}`);

/** Null: nothing is known to be wrong. */
export function misfits({ ok, links, parts }: NetworkDescription): string | null {
  if (ok !== false) return null;
  const levels = links.flatMap(link =>
    link.levels.filter(({ state }) => state === 'wrong' || state === 'surplus' || state === 'absent'),
  ).length;
  if (levels > 0) return levels === 1 ? '1 level does not fit' : `${levels} levels do not fit`;
  const failed = parts.find(part => part.state === 'failed');
  return failed === undefined ? 'the model fails' : `${failed.name} fails`;
}

/** What the figures are of, as far as that is not all. */
export function remark({ ok, parts, facts }: NetworkDescription): string | null {
  const named = (wanted: NetworkPart['state']): string | null => list(parts.filter(part => part.state === wanted).map(part => part.name));
  const declared = named('declared'),
    idle = named('idle');
  if (declared !== null) return `${declared} as declared`;
  if (ok === null && facts !== null) return `by bundled facts: ${facts}`;
  const ran = named('ran');
  const rest = list(parts.filter(part => part.state === 'unknown' || part.state === 'failed').map(part => part.name));
  if (rest !== null)
    return ran === null ? (ok === null ? 'not checked' : null) : `of the ${ran}; ${rest} ${ok === null ? 'not checked' : 'not run'}`;
  if (ok !== true) return null;
  return idle === null ? 'every level fits' : `every level fits; MACs without ${idle}`;
}

function list(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  return names.length === 1 ? (names[0] ?? null) : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
