/** Where the picture lies on the stage, in CSS pixels: a picture's point is at `x + scale × point`. */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const LARGEST = 32;

/** The whole picture, centred, never larger than itself by more than four: a picture of 80 px is still seen. */
export function wholePicture(picture: Size, stage: Size, margin = 16): Zoom {
  const room = { width: Math.max(1, stage.width - 2 * margin), height: Math.max(1, stage.height - 2 * margin) };
  const scale = Math.min(room.width / picture.width, room.height / picture.height, 4);
  return centred(picture, stage, scale);
}

/** Zooms by a factor and keeps the stage's point where it is. */
export function zoomAround(zoom: Zoom, factor: number, point: { readonly x: number; readonly y: number }, smallest: number): Zoom {
  const scale = Math.min(LARGEST, Math.max(smallest, zoom.scale * factor));
  const by = scale / zoom.scale;
  return { scale, x: point.x - (point.x - zoom.x) * by, y: point.y - (point.y - zoom.y) * by };
}

/** Moves, but never so far that the picture leaves the stage's middle; a picture smaller than the stage stays centred. */
export function pan(zoom: Zoom, dx: number, dy: number, picture: Size, stage: Size): Zoom {
  const keep = (at: number, extent: number, room: number): number =>
    extent <= room ? (room - extent) / 2 : Math.min(room / 2, Math.max(room / 2 - extent, at));
  return {
    scale: zoom.scale,
    x: keep(zoom.x + dx, picture.width * zoom.scale, stage.width),
    y: keep(zoom.y + dy, picture.height * zoom.scale, stage.height),
  };
}

/** One box in the middle, over half of the stage. */
export function zoomTo(box: Size & { readonly x: number; readonly y: number }, stage: Size): Zoom {
  const scale = Math.min(LARGEST, (0.5 * stage.width) / Math.max(1, box.width), (0.5 * stage.height) / Math.max(1, box.height));
  return { scale, x: stage.width / 2 - (box.x + box.width / 2) * scale, y: stage.height / 2 - (box.y + box.height / 2) * scale };
}

function centred(picture: Size, stage: Size, scale: number): Zoom {
  return { scale, x: (stage.width - picture.width * scale) / 2, y: (stage.height - picture.height * scale) / 2 };
}
