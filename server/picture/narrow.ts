/** The network from top to bottom: boxes across the whole width, levels downward side by side. */
import type { DrawnNetwork, DrawnPart, NetworkLevel, NetworkLink } from './description.ts';
import { expectation, largestMap, WRONG } from './edges-wide.ts';
import { shapeText, strideText } from './figures.ts';
import { bars, box, dimWords, fittedWords, line, lines, reasonWords, type Scale, slab, slabSize, socket, words } from './marks.ts';
import { partNode } from './part-node.ts';
import { type Rows, rowsOf } from './rows.ts';
import { node, type Scene, type SceneNode } from './scene.ts';

const BARS = 168;
const WIDEST = 44;
const GAP = 92;
const PAD = 6;

export function drawNarrow(network: DrawnNetwork, { width, scale }: { readonly width: number; readonly scale: Scale }): Scene {
  const rows = rowsOf(network);
  const columnX = (at: number): number => (at * (width - 12)) / Math.max(1, rows.count) + 32;
  const split = rows.count > 3;
  const nodes: SceneNode[] = [];
  let y = 0;
  network.parts.forEach((part, i) => {
    const inside = partInside(part, network, rows, { width, columnX, split });
    const tall = 54 + inside.height;
    nodes.push(
      partNode(part, [
        box(0, y, width, tall, part),
        fittedWords(part.name, 12, y + 20, width - BARS - 36, { 'font-size': 13, 'font-weight': 600 }),
        fittedWords([part.type, part.detail].filter(Boolean).join(', '), 12, y + 36, width - BARS - 36, { fill: 'dim' }),
        ...footOf(part, scale, width, y),
        ...inside.nodes(y),
      ]),
    );
    y += tall;
    const next = network.parts[i + 1];
    if (!next) return;
    const link =
      network.links.find(({ from, to }) => from === part.name && to === next.name) ?? network.links.find(({ to }) => to === next.name);
    const gap = link?.levels.length ? GAP : 26;
    if (link?.levels.length) nodes.push(...edges(link, network, rows, y, y + gap, columnX, split));
    else if (link) nodes.push(line(`M32 ${y}V${y + gap}m-3 -5l3 5l3 -5`), ...(link.note ? [dimWords(link.note, 44, y + 17)] : []));
    y += gap;
  });
  return { width, height: y, nodes };
}

function footOf(part: DrawnPart, scale: Scale, width: number, y: number): readonly SceneNode[] {
  const measured = part.state === 'ran' || part.state === 'declared';
  const x = width - 12 - BARS;
  if (measured) return bars(part, scale, x, y + 19, BARS);
  const told = lines(part.note ?? 'not checked', BARS);
  if (part.parameters !== null)
    return [...bars({ ...part, macs: null }, scale, x, y + 19, BARS), reasonWords(told[0] ?? '', x, y + 39, part)];
  return told.map((text, i) => reasonWords(text, x, y + 19 + i * 15, part));
}

interface Laid {
  readonly width: number;
  readonly columnX: (at: number) => number;
  readonly split: boolean;
}

function partInside(
  part: DrawnPart,
  { links }: DrawnNetwork,
  rows: Rows,
  { width, columnX, split }: Laid,
): { readonly height: number; nodes(y: number): readonly SceneNode[] } {
  const outgoing = links.find(({ from, levels }) => from === part.name && levels.length > 0);
  const named = part.stages.filter(({ level }) => level !== null);
  if (part.role === 'backbone' && outgoing && named.length)
    return {
      height: 18,
      nodes: y =>
        named.map(({ name, level }) => fittedWords(name, columnX(rows.of(outgoing, level ?? 0)) - 20, y + 63, width / rows.count - 8)),
    };
  const incoming = links.find(({ to, levels }) => to === part.name && levels.length > 0);
  if (part.role !== 'head' || !incoming || !part.outputs.length) return { height: 6, nodes: () => [] };
  const taken = incoming.levels.flatMap((level, i) => (level.state === 'surplus' ? [] : [i]));
  const join = split ? '+' : ' + ';
  return {
    height: 38,
    nodes: y => [
      ...taken.map((level, nth) =>
        fittedWords(
          part.outputs.map(({ channels }) => channels[nth] ?? '–').join(join),
          columnX(rows.of(incoming, level)) - 20,
          y + 64,
          width / rows.count - 8,
        ),
      ),
      dimWords(part.outputs.map(({ name }) => name).join(' + '), 12, y + 81),
    ],
  };
}

function edges(
  link: NetworkLink,
  network: DrawnNetwork,
  rows: Rows,
  top: number,
  bottom: number,
  columnX: (at: number) => number,
  split: boolean,
): readonly SceneNode[] {
  const largest = largestMap(network);
  return link.levels.map((level, i) => {
    const x = columnX(rows.of(link, i));
    const isWrong = level.state === 'wrong' || level.state === 'surplus' || level.state === 'absent';
    const stroke = isWrong ? WRONG : {};
    const text = level.shape
      ? labelOf(level, level.shape, split)
      : [level.state === 'absent' ? 'no level' : 'not known', expectation(level)].filter(Boolean);
    const [channels = level.expected ?? 64, height] = level.shape ?? [];
    const isMap = level.shape?.length === 3;
    const given = slabSize(channels, isMap ? (height ?? null) : null, largest, WIDEST),
      taken = slabSize(level.expected ?? channels, isMap ? (height ?? null) : null, largest, WIDEST);
    const socketY = bottom - PAD - taken.across;
    const hasSocket = level.state !== 'surplus' && level.state !== 'unknown';
    const dotted = level.state === 'unknown' || (!level.shape && level.state !== 'absent');
    const shown = level.shape !== null;
    return node(
      'g',
      { class: isWrong ? 'level wrong' : 'level' },
      ...(level.state === 'absent'
        ? []
        : [
            line(
              `M${x} ${top}V${top + PAD}${shown ? `m0 ${given.across}` : ''}V${dotted ? bottom : isWrong ? socketY - 12 : socketY}${isWrong ? 'm-4 0h8' : ''}`,
              dotted ? { 'stroke-dasharray': '1 4', 'stroke-linecap': 'round' } : stroke,
            ),
          ]),
      ...(shown ? [slab(x - given.along / 2, top + PAD, given.along, given.across, isWrong)] : []),
      ...(hasSocket
        ? [socket(x - taken.along / 2, socketY, taken.along, taken.across, isWrong), line(`M${x} ${bottom - PAD}V${bottom}`, stroke)]
        : []),
      ...text.map((words_, n) =>
        words(words_, x + 6, (top + bottom) / 2 + (n - (text.length - 1) / 2) * 13 + 2, {
          fill: isWrong ? 'errorText' : n ? 'dim' : 'foreground',
        }),
      ),
    );
  });
}

function labelOf(level: NetworkLevel, shape: readonly number[], split: boolean): readonly string[] {
  const [channels = 0, ...sizes] = shape;
  const last = [strideText(level.stride), expectation(level)].filter(Boolean).join(', ');
  const parts = split && sizes.length ? [String(channels), shapeText(sizes)] : [shapeText(shape)];
  return last ? [...parts, last] : parts;
}
