import type { Box } from './box.ts';
import { classColour } from './class-colour.ts';
import type { Size, Zoom } from './zoom.ts';

export interface Scene {
  readonly bitmap: ImageBitmap | null;
  /** In the pixels that boxes are measured in; the bitmap may be smaller. */
  readonly picture: Size;
  readonly boxes: readonly Box[];
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
  const marked = scene.boxes.filter(({ index }) => index === scene.selected || index === scene.hovered);
  const others = marked.length === 0 ? scene.boxes : scene.boxes.filter(box => !marked.includes(box));
  context.globalAlpha = marked.length === 0 || scene.highContrast ? 1 : 0.8;
  strokeBoxes(context, others, scene, scene.highContrast ? 3 : 2);
  context.globalAlpha = 1;
  strokeBoxes(context, marked, scene, scene.highContrast ? 4 : 3);
}

function strokeBoxes(context: CanvasRenderingContext2D, boxes: readonly Box[], scene: Scene, width: number): void {
  const path = (of: readonly Box[]): Path2D => {
    const made = new Path2D();
    for (const box of of) made.rect(...onStage(box, scene.zoom));
    return made;
  };
  context.lineJoin = 'miter';
  context.lineWidth = width + (scene.highContrast ? 3 : 2);
  context.strokeStyle = scene.highContrast ? '#000' : '#0000009e';
  context.stroke(path(boxes));
  context.lineWidth = width;
  for (const label of new Set(boxes.map(box => box.label))) {
    context.strokeStyle = classColour(label);
    context.stroke(path(boxes.filter(box => box.label === label)));
  }
}

/** A box in CSS pixels of the stage: x, y, width, height. */
export function onStage(box: Box, zoom: Zoom): [x: number, y: number, width: number, height: number] {
  return [zoom.x + box.x * zoom.scale, zoom.y + box.y * zoom.scale, box.width * zoom.scale, box.height * zoom.scale];
}
