/** Configs of the workspace that rest on a file, near or far, and which of them may write one of its keys. */
import type { ConfigPath } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';

/** Each step is the look at one file; none is evaluated. */
export function* dependentsOf(project: Project, file: string): Generator<undefined, readonly string[]> {
  yield* project.index.refresh();
  return [...project.index.dependents(file)].sort();
}

/**
 * Those in whose text the key stands: whoever overrides it writes it. With lazy imports, so may another base that is imported beside: then it is the config that
 * imports both.
 */
export function writersOf({ index }: Project, file: string, dependents: readonly string[], path: ConfigPath): readonly string[] {
  const word = wordOf(path);
  if (word === null) return dependents;
  const resting = new Set([file, ...dependents]);
  const beside = new Map<string, boolean>();
  const saysBeside = (base: string): boolean => {
    const known = beside.get(base);
    if (known !== undefined) return known;
    beside.set(base, false);
    const says = index.says(base, word) || index.bases(base).some(one => !resting.has(one) && saysBeside(one));
    beside.set(base, says);
    return says;
  };
  return dependents.filter(
    one => index.says(one, word) || (index.says(one, 'read_base') && index.bases(one).some(base => !resting.has(base) && saysBeside(base))),
  );
}

/** The last name of a path, as the index has words. */
function wordOf(path: ConfigPath): string | null {
  const step = path.findLast(one => typeof one === 'string');
  return typeof step === 'string' ? (/[\p{L}_][\p{L}\p{N}_]*/u.exec(step)?.[0] ?? null) : null;
}
