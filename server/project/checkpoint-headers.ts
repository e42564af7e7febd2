/** Headers of checkpoints, kept until the file changes: names and shapes, a few hundred kilobytes each. */
import { type CheckpointHeader, readCheckpointHeader, WeightsProblem } from '../../runtime/index.ts';
import type { Host } from './host.ts';

/** Null: it cannot be read. */
export function checkpointHeaders(host: Pick<Host, 'version'>): (file: string) => CheckpointHeader | null {
  const known = new Map<string, { readonly version: string; readonly header: CheckpointHeader | null }>();
  return file => {
    const version = host.version(file);
    if (version === null) return null;
    const before = known.get(file);
    if (before?.version === version) return before.header;
    const header = readable(file);
    // What was asked for last stays.
    if (known.size >= MOST) for (const [oldest] of [...known].slice(0, 1)) known.delete(oldest);
    known.delete(file);
    known.set(file, { version, header });
    return header;
  };
}
const MOST = 8;

function readable(file: string): CheckpointHeader | null {
  try {
    return readCheckpointHeader(file);
  } catch (e) {
    if (e instanceof WeightsProblem) return null;
    throw e;
  }
}
