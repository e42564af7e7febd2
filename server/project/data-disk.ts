/**
 * Data as it lies on the disk, for rules that look at it with every key that is typed. Nobody tells when data comes or goes, so what was seen counts for a moment; and
 * what lies in a folder that is not there is not looked for.
 */
import type { Host } from './host.ts';

export interface SeenData {
  kind(path: string): 'file' | 'folder' | null;
  names(folder: string): readonly string[];
  /** Something is known to have changed. */
  forget(): void;
}

const MOMENT_MS = 3000;

export function dataDisk(host: Pick<Host, 'kind' | 'list'>, now: () => number = () => performance.now()): SeenData {
  const kinds = new Map<string, 'file' | 'folder' | null>();
  const lists = new Map<string, readonly string[]>();
  let since = now();
  const forget = (): void => {
    kinds.clear();
    lists.clear();
    since = now();
  };
  const fresh = (): void => {
    if (now() - since > MOMENT_MS) forget();
  };
  const kindOf = (path: string): 'file' | 'folder' | null => {
    const known = kinds.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const kind = slash > 0 && kindOf(path.slice(0, slash)) !== 'folder' ? null : host.kind(path);
    kinds.set(path, kind);
    return kind;
  };
  return {
    forget,
    kind(path) {
      fresh();
      return kindOf(path);
    },
    names(folder) {
      fresh();
      let names = lists.get(folder);
      if (!names) lists.set(folder, (names = host.list(folder).map(({ name }) => name)));
      return names;
    },
  };
}
