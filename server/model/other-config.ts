/** `Config.fromfile` in a module's own code: another config's values, as those that a distilled model's teacher is built from. */
import { posix } from 'node:path';
import { ConfigDict } from '../config/config-dict.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Host } from '../project/host.ts';
import { meanwhile } from '../python/interpreter.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import type { Environment } from '../registry/environment.types.ts';
import { foldersOf } from '../registry/import-search.ts';
import type { Viewer } from '../registry/sight.ts';

export interface OtherConfigPlace {
  readonly host: Host;
  readonly environment: Environment;
  /** Absent: no config but the model's own can be read. */
  readonly config?: (file: string) => ResolvedConfig;
}

export interface OtherConfig {
  readonly value: Value;
  /** What it was read from. */
  readonly files: readonly string[];
}

/**
 * `written`: from where the run is started, which is in one of the folders above the config whose model is built. Null where no file is found, or not all that it says is known.
 */
export function otherConfig(
  { host, environment, config }: OtherConfigPlace,
  viewer: Viewer | null,
  written: string,
  imports: boolean,
): OtherConfig | null {
  if (!config) return null;
  const folders = viewer ? foldersOf(host, environment, viewer.file) : [];
  const file = posix.isAbsolute(written)
    ? posix.normalize(written)
    : folders.map(folder => posix.join(folder, written)).find(path => host.kind(path) === 'file');
  if (file === undefined || host.kind(file) !== 'file') return null;
  const read = meanwhile(() => config(file));
  if (!read.ok || read.unknowns.length || !(read.value instanceof Dict)) return null;
  // They register what the model may be built from.
  if (imports && plain(read.value.get('custom_imports') ?? null) !== null) return null;
  return { value: unplaced(read.value), files: [...read.chain, ...(read.modules ?? [])] };
}

/** A copy that knows of no place in a file: what is blamed lies in the model's own config. */
function unplaced(value: Value): Value {
  if (value instanceof Dict) {
    const out = value instanceof ConfigDict ? new ConfigDict() : new Dict();
    for (const { key, value: inner } of value.entries.values()) out.set(plain(key), unplaced(inner));
    return out;
  }
  if (value instanceof List) return new List(value.items.map(unplaced));
  if (value instanceof Tuple) return new Tuple(value.items.map(unplaced));
  return plain(value);
}
