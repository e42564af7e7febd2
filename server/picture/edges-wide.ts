/** The levels between two columns: a slab for what comes, a socket for what is expected; where the two differ, the line stops short. */
import type { DrawnNetwork, NetworkLevel, NetworkLink } from './description.ts';
import { shapeText, strideText } from './figures.ts';
import { line, slab, slabSize, socket, words } from './marks.ts';
import type { Rows } from './rows.ts';
import { node, type SceneNode } from './scene.ts';

/** A map as tall as this is the largest of the network. */
const TALLEST = 34;
const PAD = 7;

export function edgesWide(
  link: NetworkLink,
  network: DrawnNetwork,
  rows: Rows,
  { left, right }: { readonly left: number; readonly right: number },
  rowY: (at: number) => number,
): readonly SceneNode[] {
  const largest = largestMap(network);
  return link.levels.map((level, i) => {
    const y = rowY(rows.of(link, i)),
      middle = (left + right) / 2;
    if (level.state === 'absent') {
      const tall = 12;
      return node(
        'g',
        { class: 'level wrong' },
        socket(right - PAD - tall, y - tall / 2, tall, tall, true),
        line(`M${right - PAD} ${y}H${right}`, WRONG),
        words(level.expected === null ? 'nothing comes' : `expects ${level.expected}`, middle, y - 6, {
          fill: 'errorText',
          anchor: 'middle',
        }),
        words('no level', middle, y + 14, { fill: 'errorText', anchor: 'middle' }),
      );
    }
    if (!level.shape) {
      return node(
        'g',
        { class: 'level unknown' },
        line(`M${left} ${y}H${right}`, { 'stroke-dasharray': '1 4', 'stroke-linecap': 'round' }),
        words('not known', middle, y - 6, { fill: 'dim', anchor: 'middle' }),
      );
    }
    return edge(level, level.shape, y, left, right, largest);
  });
}

export const WRONG = { stroke: 'error', 'stroke-opacity': 1, 'stroke-width': 1.5 } as const;

function edge(level: NetworkLevel, shape: readonly number[], y: number, left: number, right: number, largest: number): SceneNode {
  const { stride, state, expected } = level,
    [channels = 0, height] = shape,
    isMap = shape.length === 3;
  const isWrong = state === 'wrong' || state === 'surplus';
  const given = slabSize(channels, isMap ? (height ?? null) : null, largest, TALLEST),
    taken = slabSize(expected ?? channels, isMap ? (height ?? null) : null, largest, TALLEST);
  const slabX = left + PAD,
    socketX = right - PAD - taken.across,
    middle = (left + right) / 2;
  const stroke = isWrong ? WRONG : {};
  const stop = isWrong ? socketX - 12 : socketX;
  const colour = isWrong ? 'errorText' : 'foreground';
  return node(
    'g',
    { class: isWrong ? 'level wrong' : 'level' },
    line(`M${left} ${y}H${slabX}`, stroke),
    line(
      state === 'unknown' ? `M${slabX + given.across} ${y}H${right}` : `M${slabX + given.across} ${y}H${stop}${isWrong ? 'm0 -4v8' : ''}`,
      {
        ...stroke,
        ...(state === 'unknown' && { 'stroke-dasharray': '1 4', 'stroke-linecap': 'round' }),
      },
    ),
    ...(state === 'surplus' || state === 'unknown'
      ? []
      : [socket(socketX, y - taken.along / 2, taken.across, taken.along, isWrong), line(`M${right - PAD} ${y}H${right}`, stroke)]),
    slab(slabX, y - given.along / 2, given.across, given.along, isWrong),
    words(shapeText(shape), middle, y - 6, { fill: colour, anchor: 'middle' }),
    words([strideText(stride), expectation(level)].filter(Boolean).join(', '), middle, y + 14, {
      fill: isWrong ? 'errorText' : 'dim',
      anchor: 'middle',
    }),
  );
}

export function expectation({ state, expected }: NetworkLevel): string {
  if (state === 'surplus') return 'nobody takes it';
  return expected === null ? '' : `expects ${expected}`;
}

/** Height of the largest map of all links. */
export function largestMap({ links }: DrawnNetwork): number {
  return Math.max(0, ...links.flatMap(({ levels }) => levels.map(({ shape }) => (shape?.length === 3 ? (shape[1] ?? 0) : 0))));
}
