/** Resizing against what OpenCV 5.0 made of random pixels (tests/data/images/resize.json.gz): every byte. */
import { createHash } from 'node:crypto';
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
/** A linear congruential generator's. */
function noise(count: number): Uint8Array {
  let state = 7;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state >> 16;
  });
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
  // Wider or higher than is worked on at once; what OpenCV 5 made of the same numbers.
  it.each<[Interpolation, [number, number], [number, number], string]>([
    ['area', [90000, 5], [30001, 2], 'bc282b3176376410676683c9bbed3547219a01ff'],
    ['area', [100000, 3], [33333, 1], 'c9d12351243ae1203e8a6d728c0eea668a000e36'],
    ['area', [3, 90000], [2, 4001], '8bff1a55a3f1a92c59afc7dc84fd6db1a1db1e21'],
    ['linear', [90000, 4], [30000, 3], '71ff31da81157b7c0989ed0466a11c5fec59c672'],
    ['linear', [1001, 333], [1333, 443], 'ea39b1feb34f7117ac0adaf249c571d4e21647cb'],
    // As often as 49 times, and smaller one way and larger the other: OpenCV's scale is not the quotient of the sizes.
    ['area', [24, 3920], [12, 80], 'a1cc89c7e4bdd5a645a2effc21727938eb913b1c'],
    ['area', [320, 465], [354, 5], 'b1ef291a24b17b3ab90bca19da9d0065a19187fa'],
    ['area', [15, 75], [5, 110], 'a4b4237a38a8d811bfc772b15a20fa4933ea7106'],
  ])('%s %j to %j', (kind, [width, height], to, expected) => {
    const { pixels } = resize({ width, height, pixels: noise(width * height * 3) }, ...to, kind);
    expect(createHash('sha1').update(pixels).digest('hex')).toBe(expected);
  });
  it('leaves a picture of the right size alone', () => {
    const picture = { width: 2, height: 1, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    expect(resize(picture, 2, 1, 'area')).toBe(picture);
  });
});
