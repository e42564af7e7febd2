/** The network from left to right: backbone, necks and heads as columns, a row a level. */
import type { DrawnNetwork, DrawnPart, NetworkLink } from './description.ts';
import { edgesWide } from './edges-wide.ts';
import { shapeText } from './figures.ts';
import { headBox } from './head-box.ts';
import { bars, box, dimWords, fittedWords, line, lines, reasonWords, rect, type Scale, words } from './marks.ts';
import { neckInside } from './neck-inside.ts';
import { partNode } from './part-node.ts';
import { type Rows, rowsOf } from './rows.ts';
import type { Scene, SceneNode } from './scene.ts';

export interface WideOptions {
  readonly width: number;
  readonly scale: Scale;
  /** With the backbone's way to its first level. */
  readonly stages: boolean;
}

/** Where the columns stand. */
export interface Columns {
  readonly backbone: number;
  readonly neck: number;
  readonly head: number;
  readonly gap: number;
}

const ROOMY: Columns = { backbone: 196, neck: 164, head: 180, gap: 164 };
const TIGHT: Columns = { backbone: 178, neck: 136, head: 156, gap: 136 };
const WIDEST_GAP = 240;
export const ROW = 46;
const STAGE = 20;
/** From the top of a box that has no stages to its first row. */
const ABOVE = 75;
const BELOW = 74;

/** Null: the columns do not fit into the width. */
export function drawWide(network: DrawnNetwork, { width, scale, stages }: WideOptions): Scene | null {
  const { parts } = network;
  const row = parts.filter(part => part.role !== 'head');
  const heads = parts.filter(part => part.role === 'head');
  const columns = columnsFor(row, heads.length > 0, width - (skips(network, heads) ? SKIP : 0));
  if (!columns) return null;
  const rows = rowsOf(network);
  const backbone = parts.find(part => part.role === 'backbone');
  const before = stages ? (backbone?.stages.filter(stage => stage.level === null) ?? []) : [];
  const firstRow = Math.max(ABOVE + 6, ABOVE + STAGE * before.length);
  const rowY = (at: number): number => firstRow + at * ROW;
  const bottom = rowY(Math.max(0, rows.count - 1)) + BELOW;

  const places = new Map<string, { readonly x: number; readonly width: number }>();
  let x = 0;
  for (const part of row) {
    const wide = part.role === 'backbone' ? columns.backbone : columns.neck;
    places.set(part.name, { x, width: wide });
    x += wide + columns.gap;
  }
  const nodes: SceneNode[] = [];
  for (const part of row) {
    const { x: left = 0, width: wide = 0 } = places.get(part.name) ?? {};
    const top = part.role === 'backbone' ? 0 : firstRow - ABOVE;
    nodes.push(
      partNode(part, [
        box(left, top, wide, bottom - top, part),
        ...titles(part, left, top, wide),
        ...(part.role === 'backbone' ? backboneInside(part, before, network, rows, left, wide, rowY) : []),
        ...(part.role === 'neck' ? neckInside(part, network, rows, left, wide, rowY) : []),
        ...foot(part, scale, left, wide, bottom, rowY),
      ]),
    );
  }
  let lowest = bottom;
  const headPlaces = new Map<string, { readonly top: number; readonly bottom: number }>();
  const first = heads.find(head => network.links.some(link => link.to === head.name && link.levels.length > 0)) ?? heads[0];
  if (first) {
    const top = row.length ? firstRow - ABOVE : 0;
    places.set(first.name, { x, width: columns.head });
    nodes.push(
      partNode(first, [
        box(x, top, columns.head, bottom - top, first),
        ...titles(first, x, top, columns.head),
        ...headBox(first, network, rows, x, columns.head, rowY),
        ...foot(first, scale, x, columns.head, bottom, rowY),
      ]),
    );
    headPlaces.set(first.name, { top, bottom });
  }
  for (const head of heads) {
    if (head === first) continue;
    const hasBars = head.parameters !== null || head.macs !== null;
    const top = lowest + STACK_GAP,
      tall = 46 + (head.note ? 16 : 0) + (hasBars ? (head.macs !== null ? 46 : 26) : 0);
    places.set(head.name, { x, width: columns.head });
    nodes.push(
      partNode(head, [
        box(x, top, columns.head, tall, head),
        ...titles(head, x, top, columns.head),
        ...(head.note ? [fittedWords(head.note, x + 12, top + 52, columns.head - 24, { fill: 'dim' })] : []),
        ...bars(head, scale, x + 12, top + (head.note ? 72 : 56), columns.head - 24),
      ]),
    );
    lowest = top + tall;
    headPlaces.set(head.name, { top, bottom: lowest });
  }
  for (const link of network.links) {
    const from = places.get(link.from),
      to = places.get(link.to);
    if (!from || !to) continue;
    const [target, source] = [headPlaces.get(link.to), headPlaces.get(link.from)];
    if (link.levels.length) nodes.push(...edgesWide(link, network, rows, { left: from.x + from.width, right: to.x }, rowY));
    else if (target && source) nodes.push(...between(source, target, x, columns.head));
    else if (target) nodes.push(...around(link, { x: from.x + from.width / 2, bottom }, { x: to.x, y: target.top + 24 }));
    else nodes.push(line(`M${from.x + from.width} ${rowY(0)}H${to.x}`, DOTTED));
  }
  const right = Math.max(x + (heads.length ? columns.head + (skips(network, heads) ? SKIP : 0) : -columns.gap), 0);
  return { width: right, height: lowest, nodes };
}

const STACK_GAP = 14;
export const DOTTED = { 'stroke-dasharray': '1 4', 'stroke-linecap': 'round' };

/** What it takes with room between the columns. */
export function naturalWidth({ parts }: DrawnNetwork): number {
  const row = parts.filter(part => part.role !== 'head'),
    hasHead = parts.length > row.length;
  const gaps = Math.max(0, row.length + (hasHead ? 1 : 0) - 1);
  return (
    row.reduce((sum, { role }) => sum + (role === 'backbone' ? ROOMY.backbone : ROOMY.neck), hasHead ? ROOMY.head : 0) + gaps * ROOMY.gap
  );
}

function columnsFor(row: readonly DrawnPart[], hasHead: boolean, width: number): Columns | null {
  const gaps = Math.max(0, row.length + (hasHead ? 1 : 0) - 1);
  const boxes = (columns: Columns): number =>
    row.reduce((sum, { role }) => sum + (role === 'backbone' ? columns.backbone : columns.neck), hasHead ? columns.head : 0);
  const fits = [ROOMY, TIGHT].find(columns => boxes(columns) + gaps * columns.gap <= width);
  if (!fits) return null;
  return { ...fits, gap: gaps ? Math.min(WIDEST_GAP, Math.max(fits.gap, (width - boxes(fits)) / gaps)) : 0 };
}

export function titles(part: DrawnPart, x: number, top: number, width: number): readonly SceneNode[] {
  const type = [part.type, part.detail].filter(Boolean).join(', ');
  return [
    fittedWords(part.name, x + 12, top + 20, width - 24, { 'font-size': 13, 'font-weight': 600 }),
    fittedWords(type, x + 12, top + 36, width - 24, { fill: 'dim' }),
  ];
}

/** Bars, or why there are none. */
function foot(part: DrawnPart, scale: Scale, x: number, width: number, bottom: number, rowY: (at: number) => number): readonly SceneNode[] {
  if (part.state === 'ran' || part.state === 'declared') return bars(part, scale, x + 12, bottom - 38, width - 24);
  const told = lines(part.note ?? 'not checked', width - 24);
  return [
    ...told.map((text, i) => reasonWords(text, x + width / 2, (rowY(0) + bottom) / 2 - 24 + i * 15, part, 'middle')),
    ...(part.parameters === null ? [] : bars({ ...part, macs: null }, scale, x + 12, bottom - 18, width - 24)),
  ];
}

function backboneInside(
  part: DrawnPart,
  before: DrawnPart['stages'],
  { links }: DrawnNetwork,
  rows: Rows,
  x: number,
  width: number,
  rowY: (at: number) => number,
): readonly SceneNode[] {
  const link = links.find(({ from }) => from === part.name);
  const levels = part.stages.filter(stage => stage.level !== null);
  const at = (level: number): number => rowY(link ? rows.of(link, level) : level);
  const rail = x + 16;
  const first = 55;
  const lastY = Math.max(...levels.map(({ level }) => at(level ?? 0)), first);
  const dot = (y: number): SceneNode => rect(rail - 3, y - 3, 6, 6, { fill: 'foreground', 'fill-opacity': 0.8, class: 'dot' });
  if (!levels.length) return [];
  const railTop = before.length ? first : Math.min(...levels.map(({ level }) => at(level ?? 0)));
  return [
    line(`M${rail} ${railTop}V${lastY}`, { stroke: 'line', 'stroke-opacity': 0.5 }),
    ...before.flatMap(({ name, shape }, i) => {
      const y = first + i * STAGE;
      return [
        dot(y),
        fittedWords(name, x + 28, y + 4, width - 124),
        words(shapeText(shape), x + width - 12, y + 4, { fill: 'dim', anchor: 'end' }),
      ];
    }),
    ...levels.flatMap(({ name, level }) => {
      const y = at(level ?? 0);
      const end = x + 28 + Math.min(name.length, LONGEST_NAME) * 6 + 8;
      return [
        dot(y),
        fittedWords(name, x + 28, y + 4, LONGEST_NAME * 6),
        ...(link && link.levels[level ?? 0]?.state !== 'absent' ? [line(`M${Math.max(x + 78, end)} ${y}H${x + width}`)] : []),
      ];
    }),
  ];
}
const LONGEST_NAME = 20;

/** Room at the right for lines that go past a box. */
const SKIP = 16;
/** Whether one head's result goes to another that is not the next. */
function skips({ links }: DrawnNetwork, heads: readonly DrawnPart[]): boolean {
  const at = (name: string): number => heads.findIndex(head => head.name === name);
  return links.some(({ from, to, levels }) => !levels.length && at(from) >= 0 && at(to) >= 0 && at(to) !== at(from) + 1);
}

interface Span {
  readonly top: number;
  readonly bottom: number;
}

/** From a box to the one below it; to another, past what stands between. */
function between(source: Span, target: Span, x: number, width: number): readonly SceneNode[] {
  if (target.top - source.bottom === STACK_GAP) return [line(`M${x + width / 2} ${source.bottom}V${target.top}m-3 -5l3 5l3 -5`)];
  const right = x + width;
  const [from, to] = [(source.top + source.bottom) / 2 + 6, (target.top + target.bottom) / 2 - 6];
  return [line(`M${right} ${from}h${SKIP - 4}V${to}h${4 - SKIP}m5 -3l-5 3l5 3`)];
}

/** From below a part to the left side of a box that stands lower than the rows. */
function around(
  link: NetworkLink,
  from: { readonly x: number; readonly bottom: number },
  to: { readonly x: number; readonly y: number },
): readonly SceneNode[] {
  return [
    line(`M${from.x} ${from.bottom}V${to.y}H${to.x}m-5 -3l5 3l-5 3`),
    ...(link.note === null ? [] : [dimWords(link.note, to.x - 12, to.y - 6, 'end')]),
  ];
}
