/** How an entry is named in a config, and which library's comes first among equals. */
import type { Entry } from './entry.ts';

/** As it must be written where `scope` is the default: bare in its own registry and the roots', else with the library in front. */
export function writtenUnder(entry: Entry, scope: string, hidden: (name: string) => boolean): string {
  if (entry.under === scope || entry.under === null) return entry.name;
  if (entry.under === 'mmengine' && !hidden(entry.name)) return entry.name;
  return `${entry.under}.${entry.name}`;
}

/** Among equals the library that is most at home in a detector's config. */
const ORDER = ['mmyolo', 'mmdet', 'mmengine', 'mmcv', 'mmpretrain', 'mmcls', 'mmselfsup'];
export const libraryRank = (library: string): number => (ORDER.includes(library) ? ORDER.indexOf(library) : ORDER.length);
