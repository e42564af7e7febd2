/** Where a picture with its boxes is written: no two pictures of a run share a file, and none is written over a picture that was given. */
import { basename, extname, join } from 'node:path';

/** Of each picture, in the order in which they are asked for. `given`: all pictures of the run, absolute. */
export function drawnNames(folder: string, given: readonly string[]): (image: string) => string {
  const taken = new Set(given);
  return image => {
    const kind = /\.jpe?g$/i.test(image) ? '.jpg' : '.png';
    const [whole, stem] = [basename(image), basename(image, extname(image))];
    const names = [`${stem}${kind}`, `${whole}${kind}`];
    for (let n = 2; ; n++) {
      const free = names.map(name => join(folder, name)).find(path => !taken.has(path));
      if (free !== undefined) {
        taken.add(free);
        return free;
      }
      names.splice(0, names.length, `${stem}-${n}${kind}`);
    }
  };
}
