/** What a network is drawn with: tensors as slabs, what is expected as sockets, boxes, bars, words. */
import type { DrawnPart } from './description.ts';
import { macText, parameterText } from './figures.ts';
import { type Attributes, node, type SceneNode } from './scene.ts';

export type Anchor = 'start' | 'middle' | 'end';

export function words(text: string, x: number, y: number, more: Attributes & { readonly anchor?: Anchor } = {}): SceneNode {
  const { anchor, ...rest } = more;
  return node('text', { x, y, fill: 'foreground', 'text-anchor': anchor, ...rest }, text);
}
export const dimWords = (text: string, x: number, y: number, anchor: Anchor = 'start'): SceneNode =>
  words(text, x, y, { fill: 'dim', anchor });

/** About as wide as the editor's font at 11 px. */
const LETTER = 6.2;
/** Cut to a width, with the whole in a tooltip. */
export function fittedWords(text: string, x: number, y: number, width: number, more: Attributes = {}): SceneNode {
  const most = Math.floor(width / (more['font-size'] === 13 ? LETTER * 1.25 : LETTER));
  if (text.length <= most) return words(text, x, y, more);
  return node('text', { x, y, fill: 'foreground', ...more }, `${text.slice(0, Math.max(1, most - 1))}…`, node('title', {}, text));
}
/** In lines of a width, at most three. */
export function lines(text: string, width: number): readonly string[] {
  const most = Math.floor(width / LETTER);
  const found: string[] = [];
  for (const word of text.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && last.length + word.length < most) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
  }
  const kept = found.slice(0, MOST_LINES).map(line => (line.length > most ? `${line.slice(0, most - 1)}…` : line));
  return found.length > MOST_LINES ? [...kept.slice(0, -1), `${kept.at(-1) ?? ''} …`] : kept;
}
const MOST_LINES = 3;

export const rect = (x: number, y: number, width: number, height: number, more: Attributes): SceneNode =>
  node('rect', { x, y, width, height, ...more });
export const line = (d: string, more: Attributes = {}): SceneNode =>
  node('path', { d, fill: 'none', stroke: 'foreground', 'stroke-opacity': 0.75, class: 'edge', ...more });

/** With a whole border where it is known, a red one where the error is in it. Half a pixel off, so that a line of one pixel is one. */
export const box = (x: number, y: number, width: number, height: number, { state }: DrawnPart): SceneNode => {
  const isKnown = state === 'ran' || state === 'declared' || state === 'idle';
  return rect(x + 0.5, y + 0.5, width - 1, height - 1, {
    fill: isKnown ? 'box' : 'none',
    stroke: state === 'failed' ? 'error' : 'border',
    class: 'box',
    'stroke-dasharray': isKnown ? undefined : '4 3',
  });
};
/** Why a part has no figures. */
export const reasonWords = (text: string, x: number, y: number, { state }: DrawnPart, anchor: Anchor = 'start'): SceneNode =>
  words(text, x, y, { fill: state === 'failed' ? 'errorText' : 'dim', anchor });

/** Parameters and MACs of a part as bars, each of the same scale over all parts. */
export interface Scale {
  readonly parameters: number;
  readonly macs: number;
}
export function bars(
  part: { readonly parameters: number | null; readonly macs: number | null },
  scale: Scale,
  x: number,
  y: number,
  width: number,
): readonly SceneNode[] {
  const row = (name: string, text: string, share: number, at: number): SceneNode[] => [
    dimWords(name, x, at),
    words(text, x + width, at, { anchor: 'end' }),
    rect(x, at + 4, width, 2, { fill: 'foreground', 'fill-opacity': 0.1, class: 'track' }),
    rect(x, at + 4, share > 0 ? Math.max(1, share * width) : 0, 2, { fill: 'foreground', 'fill-opacity': 0.55, class: 'gauge' }),
  ];
  const share = (value: number | null, most: number): number => (value === null || !most ? 0 : value / most);
  return [
    ...(part.parameters === null ? [] : row('parameters', parameterText(part.parameters), share(part.parameters, scale.parameters), y)),
    ...(part.macs === null ? [] : row('MACs', macText(part.macs), share(part.macs, scale.macs), y + 20)),
  ];
}

/** A tensor's drawn size: along the map, and across it by the square root of its channels. */
export interface SlabSize {
  readonly along: number;
  readonly across: number;
}
const THINNEST = 2.5;
const THICKEST = 26;
export function slabSize(channels: number, extent: number | null, widest: number, full: number): SlabSize {
  return {
    along: extent === null || !widest ? 6 : Math.max(THINNEST, (full * extent) / widest),
    across: Math.min(THICKEST, Math.max(THINNEST, Math.sqrt(channels) / 2)),
  };
}
export const slab = (x: number, y: number, width: number, height: number, isWrong: boolean): SceneNode =>
  rect(x, y, width, height, { fill: isWrong ? 'error' : 'foreground', 'fill-opacity': isWrong ? 0.9 : 0.6, class: 'slab' });
export const socket = (x: number, y: number, width: number, height: number, isWrong: boolean): SceneNode =>
  rect(x + 0.5, y + 0.5, Math.max(1, width - 1), Math.max(1, height - 1), {
    fill: 'none',
    stroke: isWrong ? 'error' : 'foreground',
    'stroke-opacity': isWrong ? 1 : 0.75,
    class: 'socket',
    'stroke-dasharray': isWrong ? '3 2' : undefined,
  });
