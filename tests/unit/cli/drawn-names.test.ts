/** Pictures with their boxes do not fall on each other, nor on what was given. */
import { expect, it } from 'vitest';
import { drawnNames } from '../../../server/cli/drawn-names.ts';

const named = (folder: string, given: readonly string[]): readonly string[] => given.map(drawnNames(folder, given));

it.each<[string, readonly string[], readonly string[]]>([
  [
    'by their own names, as JPEG or PNG',
    ['/p/a.jpg', '/p/b.JPEG', '/p/c.webp', '/p/100% d'],
    ['/o/a.jpg', '/o/b.jpg', '/o/c.png', '/o/100% d.png'],
  ],
  ['of one name and two kinds', ['/p/a.png', '/p/a.webp', '/p/a.bmp'], ['/o/a.png', '/o/a.webp.png', '/o/a.bmp.png']],
  ['of one name in three folders', ['/p/a.jpg', '/q/a.jpg', '/r/a.jpg'], ['/o/a.jpg', '/o/a.jpg.jpg', '/o/a-2.jpg']],
  ['into their own folder', ['/o/a.jpg', '/o/b.webp', '/o/b.png'], ['/o/a.jpg.jpg', '/o/b.webp.png', '/o/b.png.png']],
])('%s', (_, given, names) => expect(named('/o', given)).toEqual(names));
