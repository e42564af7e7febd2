import { element } from '../page/element.ts';
import { dividerOn } from './divider.ts';
import { drawScene, type Scene } from './drawing.ts';
import { boxAt } from './hit.ts';
import { createTagLayer, createTextMeasure, drawTags, tagsOn } from './tag-layer.ts';
import { pan, type Size, wholePicture, type Zoom, zoomAround } from './zoom.ts';

/** A scene before the stage knows its own size: no zoom means the whole picture. */
export interface StageScene extends Omit<Scene, 'zoom' | 'highContrast'> {
  readonly zoom: Zoom | null;
  readonly label: string;
}

export interface Stage {
  readonly element: HTMLElement;
  update(scene: StageScene): void;
  size(): Size;
  /** Zooms about the middle. */
  zoomBy(factor: number): void;
  /** The whole picture with its boxes and names as a PNG, in the pixels that the page has of it. Null where there is no picture. */
  picture(): Promise<Blob | null>;
}

interface Handlers {
  readonly hover: (index: number | null) => void;
  readonly select: (index: number | null) => void;
  readonly zoom: (zoom: Zoom | null) => void;
}

/** How near to a box's edge, in CSS pixels, still hits it. */
const SLACK = 3;

/** The picture with its boxes: one canvas, names over it, and the mouse. `over`: what lies above them all. */
export function createStage(handlers: Handlers, over: HTMLElement): Stage {
  const canvas = element('canvas', { role: 'img' });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser has no canvas.');
  const widthOf = createTextMeasure(context);
  const tags = createTagLayer();
  const stage = element('section', { class: 'stage', 'aria-label': 'Picture' }, canvas, tags.element, over);
  let scene: StageScene | undefined;
  let size: Size = { width: 0, height: 0 };
  let frame = 0;

  const fitted = (of: StageScene): Zoom => wholePicture(of.picture, size);
  const current = (of: StageScene): Zoom => of.zoom ?? fitted(of);
  const draw = (): void => {
    frame = 0;
    if (scene === undefined || size.width === 0 || size.height === 0) return;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    const divider = dividerOn(scene.divider, size.width);
    const whole: Scene = {
      ...scene,
      divider,
      zoom: current(scene),
      highContrast: document.body.classList.contains('vscode-high-contrast'),
    };
    drawScene(context, whole, ratio);
    tags.update(tagsOn(whole, size, widthOf));
  };
  const request = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const zoomAt = (factor: number, x: number, y: number): void => {
    if (scene === undefined) return;
    const smallest = fitted(scene).scale;
    const next = zoomAround(current(scene), factor, { x, y }, smallest);
    handlers.zoom(next.scale <= smallest ? null : pan(next, 0, 0, scene.picture, size));
  };
  const hit = (event: MouseEvent): number | null => {
    if (scene === undefined) return null;
    const zoom = current(scene);
    const at = canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - at.x, event.clientY - at.y];
    const boxes = scene.right !== null && x >= dividerOn(scene.divider, size.width) * size.width ? scene.right : scene.boxes;
    return boxAt(boxes, (x - zoom.x) / zoom.scale, (y - zoom.y) / zoom.scale, SLACK / zoom.scale)?.index ?? null;
  };

  let dragged = false;
  stage.addEventListener('pointerdown', event => {
    dragged = false;
    if (event.button === 0 && scene?.zoom) stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener('pointermove', event => {
    if (scene?.zoom && stage.hasPointerCapture(event.pointerId)) {
      dragged ||= Math.hypot(event.movementX, event.movementY) > 1;
      handlers.zoom(pan(scene.zoom, event.movementX, event.movementY, scene.picture, size));
    } else handlers.hover(hit(event));
  });
  stage.addEventListener('pointerleave', () => handlers.hover(null));
  stage.addEventListener('click', event => {
    if (!dragged) handlers.select(hit(event));
  });
  stage.addEventListener('dblclick', () => handlers.zoom(null));
  stage.addEventListener(
    'wheel',
    event => {
      const at = canvas.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) zoomAt(Math.exp(-event.deltaY / 200), event.clientX - at.x, event.clientY - at.y);
      else if (scene?.zoom) handlers.zoom(pan(scene.zoom, -event.deltaX, -event.deltaY, scene.picture, size));
      else return;
      event.preventDefault();
    },
    { passive: false },
  );
  new ResizeObserver(([entry]) => {
    if (entry !== undefined) size = { width: entry.contentRect.width, height: entry.contentRect.height };
    draw();
  }).observe(stage);
  new MutationObserver(request).observe(document.body, { attributeFilter: ['class'] });

  return {
    element: stage,
    update(next) {
      scene = next;
      canvas.setAttribute('aria-label', next.label);
      stage.classList.toggle('zoomed', next.zoom !== null);
      request();
    },
    size: () => size,
    async picture() {
      const { bitmap = null, picture } = scene ?? {};
      if (scene === undefined || bitmap === null || picture === undefined) return null;
      const { width, height } = bitmap;
      const made = element('canvas', { width, height });
      const drawing = made.getContext('2d');
      if (drawing === null) return null;
      const zoom = { scale: width / picture.width, x: 0, y: 0 };
      // The line stays where it is on the picture.
      const shownAt = current(scene);
      const divider = (dividerOn(scene.divider, size.width) * size.width - shownAt.x) / (shownAt.scale * picture.width);
      const whole: Scene = { ...scene, divider, zoom, selected: null, hovered: null, highContrast: false };
      drawScene(drawing, whole, 1);
      drawTags(drawing, tagsOn(whole, { width, height }, widthOf));
      return new Promise(done => made.toBlob(done));
    },
    zoomBy: factor => zoomAt(factor, size.width / 2, size.height / 2),
  };
}
