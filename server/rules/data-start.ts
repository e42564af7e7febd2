/** Where data may be found that a config names: of the folders that a relative path may begin in, those that have its first step at all. Most have not, and nothing more is asked. */
import type { DataDisk } from './rule.ts';

const known = new WeakMap<DataDisk, Map<string, readonly string[]>>();

/** Each with a slash at its end. `path`: as a config has it, joined. */
export function dataStarts(disk: DataDisk, path: string): readonly string[] {
  if (path.startsWith('/')) return [''];
  const end = path.indexOf('/');
  const step = end < 0 ? path : path.slice(0, end);
  let starts = known.get(disk);
  if (!starts) known.set(disk, (starts = new Map()));
  let found = starts.get(step);
  if (!found) {
    found = disk.folders.filter(folder => disk.kind(`${folder}/${step}`) !== null).map(folder => `${folder}/`);
    starts.set(step, found);
  }
  return found;
}
