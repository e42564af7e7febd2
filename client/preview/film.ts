import { basename } from 'node:path';
import type { EncodedPicture, ToPage } from '../preview-messages.ts';
import { readThumbnail } from './picture.ts';

/** The folder's pictures as a strip of thumbnails, made one after the other, those beside the current one first. */
export interface Film {
  show(pictures: readonly string[], current: string): void;
  /** For a page that was loaded anew. */
  resend(): void;
  dispose(): void;
}

/** A folder may hold a data set; so many have a thumbnail. */
const MOST_THUMBNAILS = 200;

export function createFilm(post: (message: ToPage) => void): Film {
  const made = new Map<string, EncodedPicture>();
  let pictures: readonly string[] = [];
  let round = 0;

  async function makeFrom(start: number): Promise<void> {
    const mine = ++round;
    const nearest = pictures.map((path, at) => ({ path, at })).sort((a, b) => Math.abs(a.at - start) - Math.abs(b.at - start));
    for (const { path, at } of nearest.slice(0, MOST_THUMBNAILS)) {
      const known = made.get(path);
      // One that cannot be made leaves its place empty: the name is there.
      const picture = known ?? (await readThumbnail(path).catch(() => undefined));
      if (mine !== round) return;
      if (picture === undefined) continue;
      made.set(path, picture);
      post({ kind: 'thumbnail', at, picture });
    }
  }
  const send = (start: number): void => {
    post({ kind: 'film', names: pictures.map(path => basename(path)) });
    void makeFrom(start);
  };
  return {
    show(next, current) {
      const same = next.length === pictures.length && next.every((path, at) => path === pictures[at]);
      pictures = next;
      if (!same) send(Math.max(0, next.indexOf(current)));
    },
    resend: () => send(0),
    dispose: () => {
      round += 1;
    },
  };
}
