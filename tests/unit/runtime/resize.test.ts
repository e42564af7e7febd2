/** Resizing against what OpenCV 5.0 made of random pixels (tests/data/images/resize.json.gz): every byte. */
import { describe, expect, it } from 'vitest';
import { type Interpolation, resize } from '../../../runtime/image/resize.ts';
import { dataText } from '../../data-file.ts';

interface Case {
  readonly kind: Interpolation;
  readonly width: number;
  readonly height: number;
  readonly to: [number, number];
  readonly pixels: string;
  readonly expected: string;
}
const cases: readonly Case[] = JSON.parse(dataText('images/resize.json.gz'));

describe('cv2.resize', () => {
  it.each(cases.map(c => [`${c.kind} ${c.width} × ${c.height} to ${c.to.join(' × ')}`, c] as const))(
    '%s',
    (_, { kind, width, height, to, pixels, expected }) => {
      const made = resize({ width, height, pixels: Buffer.from(pixels, 'base64') }, to[0], to[1], kind);
      expect(Buffer.from(made.pixels).equals(Buffer.from(expected, 'base64'))).toBe(true);
    },
  );
  it('leaves a picture of the right size alone', () => {
    const picture = { width: 2, height: 1, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    expect(resize(picture, 2, 1, 'area')).toBe(picture);
  });
});
