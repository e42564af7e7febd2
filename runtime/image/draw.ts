/** A picture with its detections drawn on it, as the preview shows them: boxes with a dark casing, tags with name and score. */
import sharp, { type Sharp } from 'sharp';
import type { Detection } from '../detect/detection.ts';
import { decode, isBitmap, pixelsFrom } from './decode.ts';
import { tagsFor } from './tags.ts';

export interface DrawOptions {
  readonly classes: readonly string[];
  /** By class, red, green and blue; null: Necktie's own eight colours. */
  readonly palette?: readonly (readonly [number, number, number])[] | null;
}

/** By class modulo 8: far apart for every kind of sight, and bright on black. */
const COLOURS = ['#ee8f24', '#7cc4ff', '#1f8f6a', '#b15fbf', '#ffe95c', '#ef3d14', '#2a8cff', '#c9f5ea'] as const;

/** Reads `from`, writes `to`; the format is that of its ending: `.png`, `.jpg`, `.webp`. Detections best first, in pixels after EXIF orientation. */
export async function draw(from: string, to: string, detections: readonly Detection[], options: DrawOptions): Promise<void> {
  const { data, info } = await (await opened(from))
    .autoOrient()
    .flatten({ background: '#fff' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const overlay = Buffer.from(overlayOf(info.width, info.height, detections, options));
  const picture = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } }).composite([{ input: overlay }]);
  await (/\.jpe?g$/i.test(to) ? picture.jpeg({ quality: 92, chromaSubsampling: '4:4:4' }) : picture).toFile(to);
}

/** The format that the decoder does not know is decoded here. */
async function opened(path: string): Promise<Sharp> {
  if (!isBitmap(path)) return sharp(path, { failOn: 'none' });
  const picture = await decode(path);
  return sharp(pixelsFrom(picture, 'red'), { raw: { width: picture.width, height: picture.height, channels: 3 } });
}

/** The drawing alone, as SVG of the picture's size. */
export function overlayOf(
  width: number,
  height: number,
  detections: readonly Detection[],
  { classes, palette = null }: DrawOptions,
): string {
  // Lines and letters are drawn for some 1,000 pixels, and grow with larger pictures.
  const unit = Math.max(1, Math.max(width, height) / 1000);
  const colourOf = (label: number): string => {
    const own = palette?.[label];
    return own ? `rgb(${own.join(',')})` : COLOURS[label % COLOURS.length]!;
  };
  // The best on top.
  const boxes = detections.toReversed().map(({ label, bbox: [x1, y1, x2, y2] }) => {
    const place = `x="${x1.toFixed(1)}" y="${y1.toFixed(1)}" width="${Math.max(0, x2 - x1).toFixed(1)}" height="${Math.max(0, y2 - y1).toFixed(1)}" fill="none"`;
    return `<rect ${place} stroke="#000" stroke-opacity=".62" stroke-width="${4 * unit}"/><rect ${place} stroke="${colourOf(label)}" stroke-width="${2 * unit}"/>`;
  });
  const tags = tagsFor(detections, classes, { width, height, unit }).map(({ x, y, width: w, height: h, text, label }) => {
    const baseline = y + h - 4.5 * unit;
    return (
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#000" fill-opacity=".77"/><rect x="${x}" y="${y}" width="${3 * unit}" height="${h}" fill="${colourOf(label)}"/>` +
      `<text x="${x + 7 * unit}" y="${baseline}" font-family="DejaVu Sans, Arial, Helvetica, sans-serif" font-size="${12 * unit}" fill="#fff">${escaped(text)}</text>`
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${boxes.join('')}${tags.join('')}</svg>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Control characters have no place in XML at all. */
const escaped = (text: string): string => text.replace(/[&<>"]/g, c => ENTITIES[c]!).replace(/[\x00-\x1f]/g, ' ');
