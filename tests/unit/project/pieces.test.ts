import { expect, it } from 'vitest';
import { packed, unpacked } from '../../../server/project/pieces.ts';

const PIECES = ['[{"kind":"pass"}]', '', 'n[1]', 'x'.repeat(300)];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

it('pieces are had by their places, with their mark', () => {
  const found = unpacked(bytes(packed(PIECES, 'taken')));
  expect([found?.mark, ...PIECES.map((_, i) => found?.at(i))]).toEqual(['taken', ...PIECES]);
  expect([found?.at(PIECES.length), found?.at(-1)]).toEqual([null, null]);
});

it('a file that was changed or cut anywhere gives no piece that was not written', () => {
  const file = packed(PIECES, 'taken');
  for (let at = 0; at < file.length; at++) {
    const changed = bytes(file);
    changed[at] = (changed[at] ?? 0) ^ 1;
    for (const damaged of [changed, bytes(file.slice(0, at))]) {
      const found = unpacked(damaged);
      if (found) expect(found.mark).toBe('taken');
      PIECES.forEach((piece, i) => {
        expect([null, undefined, piece]).toContain(found?.at(i));
      });
    }
  }
  expect(unpacked(bytes(''))).toBe(null);
});
