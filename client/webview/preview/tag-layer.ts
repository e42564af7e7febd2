import { element } from '../page/element.ts';
import type { Box, BoxStyle } from './box.ts';
import { classColour } from './class-colour.ts';
import { onStage, type Scene } from './drawing.ts';
import { score } from './phrase.ts';
import { placeTags, type Rect } from './tags.ts';
import type { Size } from './zoom.ts';

/** A name beside its box, in CSS pixels of the stage. */
export interface Tag {
  readonly text: string;
  readonly colour: string;
  readonly marked: boolean;
  /** How its edge is drawn: as the box's line is. */
  readonly style: BoxStyle;
  readonly place: Rect;
}

/** Over so many boxes in view, only so many best are named. */
const CROWD = 60;
const NAMED_IN_CROWD = 20;
const TAG_HEIGHT = 16;
/** The class's colour as an edge, and the room beside the text. */
const EDGE = 3;
const BEFORE = 4;
const AFTER = 5;

/** Which boxes are named, and where. What is marked chooses its place first. */
export function tagsOn(scene: Scene, stage: Size, widthOf: (text: string) => number): readonly Tag[] {
  const isMarked = (box: Box): boolean => box.index === scene.selected || box.index === scene.hovered;
  const middle = scene.right === null ? Infinity : scene.divider * stage.width;
  const inView = [
    // An object that is met is named by what meets it.
    ...scene.boxes.filter(box => box.style !== 'truth' && isNamedHere(box, scene, -Infinity, middle)),
    ...(scene.right ?? []).filter(box => isNamedHere(box, scene, middle, Infinity)),
  ].filter(box => touches(onStage(box, scene.zoom), stage));
  const named = inView.filter((box, at) => isMarked(box) || inView.length <= CROWD || at < NAMED_IN_CROWD);
  const wanted = [...named.filter(isMarked), ...named.filter(box => !isMarked(box))].map(box => {
    const [x, y, width, height] = onStage(box, scene.zoom);
    const text = tagText(box);
    const marked = isMarked(box);
    return {
      text,
      marked,
      style: box.style,
      colour: box.style === 'missed' ? '#fff' : classColour(box.label),
      box: { x, y, width, height },
      width: EDGE + BEFORE + Math.ceil(widthOf(text)) + AFTER,
      height: TAG_HEIGHT,
      always: marked,
    };
  });
  const places = placeTags(wanted, { x: 0, y: 0, ...stage });
  return wanted.flatMap(({ text, colour, marked, style }, at) => {
    const place = places[at];
    return place ? [{ text, colour, marked, style, place }] : [];
  });
}

function tagText({ name, score: reached, style }: Box): string {
  if (style === 'missed') return `missed ${name}`;
  return `${style === 'extra' ? 'extra ' : ''}${name} ${score(reached)}`;
}

/** Of two results each is named on its side of the divider: where more of the box lies. */
function isNamedHere(box: Box, scene: Scene, from: number, to: number): boolean {
  const [x, , width] = onStage(box, scene.zoom);
  const middle = x + width / 2;
  return middle >= from && middle < to;
}

/** How wide tags' text is, by the page's own font. */
export function createTextMeasure(context: CanvasRenderingContext2D): (text: string) => number {
  const widths = new Map<string, number>();
  return text => {
    let width = widths.get(text);
    if (width === undefined) {
      context.font = tagFont();
      width = context.measureText(text).width;
      widths.set(text, width);
    }
    return width;
  };
}

export interface TagLayer {
  readonly element: HTMLElement;
  update(tags: readonly Tag[]): void;
}

/** Names on the picture, as HTML over the canvas. Hidden from screen readers, which have the list. */
export function createTagLayer(): TagLayer {
  const layer = element('div', { class: 'tags', 'aria-hidden': 'true' });
  return {
    element: layer,
    update: tags =>
      layer.replaceChildren(
        ...tags.map(({ text, colour, marked, style, place }) => {
          const tag = element('span', { class: `tag of-${style}${marked ? ' marked' : ''}` }, text);
          tag.style.transform = `translate(${Math.round(place.x)}px, ${Math.round(place.y)}px)`;
          tag.style.borderLeftColor = colour;
          return tag;
        }),
      ),
  };
}

/** The same on a canvas, for a picture that leaves the page. */
export function drawTags(context: CanvasRenderingContext2D, tags: readonly Tag[]): void {
  context.font = tagFont();
  context.textBaseline = 'middle';
  for (const { text, colour, place } of tags) {
    context.fillStyle = '#000000c4';
    context.fillRect(place.x, place.y, place.width, place.height);
    context.fillStyle = colour;
    context.fillRect(place.x, place.y, EDGE, place.height);
    context.fillStyle = '#fff';
    context.fillText(text, place.x + EDGE + BEFORE, place.y + place.height / 2 + 0.5);
  }
}

const tagFont = (): string => `11px ${getComputedStyle(document.body).fontFamily}`;

function touches([x, y, width, height]: readonly [number, number, number, number], stage: Size): boolean {
  return x < stage.width && y < stage.height && x + width > 0 && y + height > 0;
}
