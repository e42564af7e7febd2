import type { Box, BoxStyle } from './box.ts';
import { classColour } from './class-colour.ts';
import type { Size, Zoom } from './zoom.ts';

export interface Scene {
  readonly bitmap: ImageBitmap | null;
  /** In the pixels that boxes are measured in; the bitmap may be smaller. */
  readonly picture: Size;
  readonly boxes: readonly Box[];
  /** What another network found, drawn right of the divider; `boxes` are drawn left of it then. Null: nothing is compared. */
  readonly right: readonly Box[] | null;
  /** From 0 to 1 of the stage. */
  readonly divider: number;
  readonly selected: number | null;
  readonly hovered: number | null;
  readonly zoom: Zoom;
  readonly highContrast: boolean;
}

/** Draws all of it, once a frame: the picture, then one path a class on a dark casing, so that a line shows on any picture. */
export function drawScene(context: CanvasRenderingContext2D, scene: Scene, pixelRatio: number): void {
  const { canvas } = context;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  const { bitmap, zoom, picture } = scene;
  if (bitmap !== null) {
    context.imageSmoothingEnabled = zoom.scale * (picture.width / bitmap.width) < 3;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, zoom.x, zoom.y, picture.width * zoom.scale, picture.height * zoom.scale);
  }
  if (scene.right === null) {
    drawBoxes(context, scene.boxes, scene);
    return;
  }
  const middle = (scene.divider * canvas.width) / pixelRatio;
  const height = canvas.height / pixelRatio;
  within(context, [0, 0, middle, height], () => drawBoxes(context, scene.boxes, scene));
  within(context, [middle, 0, canvas.width / pixelRatio - middle, height], () => drawBoxes(context, scene.right ?? [], scene));
}

function within(context: CanvasRenderingContext2D, area: [x: number, y: number, width: number, height: number], draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(...area);
  context.clip();
  draw();
  context.restore();
}

function drawBoxes(context: CanvasRenderingContext2D, boxes: readonly Box[], scene: Scene): void {
  const marked = boxes.filter(({ index }) => index === scene.selected || index === scene.hovered);
  const others = marked.length === 0 ? boxes : boxes.filter(box => !marked.includes(box));
  for (const box of boxes) if (box.style === 'missed') hatch(context, onStage(box, scene.zoom));
  for (const style of STYLES) {
    context.globalAlpha = marked.length === 0 || scene.highContrast ? 1 : 0.8;
    strokeBoxes(context, ofStyle(others, style), scene, LINES[style], 0);
    context.globalAlpha = 1;
    strokeBoxes(context, ofStyle(marked, style), scene, LINES[style], 1);
  }
  context.setLineDash([]);
}

const ofStyle = (boxes: readonly Box[], style: BoxStyle): readonly Box[] => boxes.filter(box => box.style === style);

interface Line {
  readonly width: number;
  readonly dash: readonly number[];
  /** Null: the class's. */
  readonly colour: string | null;
}
/** No colour says anything alone: each kind has a line of its own. What is annotated lies below what was found. */
const STYLES: readonly BoxStyle[] = ['truth', 'missed', 'found', 'extra'];
const LINES: Readonly<Record<BoxStyle, Line>> = {
  truth: { width: 1, dash: [], colour: '#fff' },
  missed: { width: 2, dash: [7, 5], colour: '#fff' },
  found: { width: 2, dash: [], colour: null },
  extra: { width: 2.5, dash: [0.1, 5], colour: null },
};

function strokeBoxes(context: CanvasRenderingContext2D, boxes: readonly Box[], scene: Scene, line: Line, more: number): void {
  if (boxes.length === 0) return;
  const path = (of: readonly Box[]): Path2D => {
    const made = new Path2D();
    for (const box of of) made.rect(...onStage(box, scene.zoom));
    return made;
  };
  const width = line.width + more + (scene.highContrast ? 1 : 0);
  context.lineJoin = 'miter';
  context.lineCap = line.dash[0] !== undefined && line.dash[0] < 1 ? 'round' : 'butt';
  context.setLineDash([]);
  context.lineWidth = width + (scene.highContrast ? 3 : 2);
  context.strokeStyle = scene.highContrast ? '#000' : '#0000009e';
  context.stroke(path(boxes));
  context.setLineDash([...line.dash]);
  context.lineWidth = width;
  if (line.colour !== null) {
    context.strokeStyle = line.colour;
    context.stroke(path(boxes));
    return;
  }
  for (const label of new Set(boxes.map(box => box.label))) {
    context.strokeStyle = classColour(label);
    context.stroke(path(boxes.filter(box => box.label === label)));
  }
}

/** CSS pixels between two lines of a missed object's filling. */
const HATCH = 8;

function hatch(context: CanvasRenderingContext2D, area: [x: number, y: number, width: number, height: number]): void {
  const [x, y, width, height] = area;
  within(context, area, () => {
    context.fillStyle = '#00000038';
    context.fillRect(...area);
    const lines = new Path2D();
    for (let at = -height; at < width; at += HATCH) {
      lines.moveTo(x + at, y + height);
      lines.lineTo(x + at + height, y);
    }
    context.lineWidth = 1.5;
    context.strokeStyle = '#ffffffb0';
    context.stroke(lines);
  });
}

/** A box in CSS pixels of the stage: x, y, width, height. */
export function onStage(box: Box, zoom: Zoom): [x: number, y: number, width: number, height: number] {
  return [zoom.x + box.x * zoom.scale, zoom.y + box.y * zoom.scale, box.width * zoom.scale, box.height * zoom.scale];
}
