/** Which of a workspace's modules a config's model is built from: that of its own project, with what it imports. */
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Host } from '../project/host.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Environment } from '../registry/environment.types.ts';
import { projectOf, type Viewer } from '../registry/sight.ts';

export function viewerOf({ file, value }: Pick<ResolvedConfig, 'file' | 'value'>): Viewer {
  const custom = value.get('custom_imports');
  const names = custom instanceof Dict ? plain(custom.get('imports') ?? null) : null;
  const all = names instanceof List || names instanceof Tuple ? names.items.map(plain) : [names];
  return { file, imports: all.filter(name => typeof name === 'string') };
}

/** What two configs must have in common to be built in one session: no registry holds what the other's project registers under the same name. */
export const sharedBy = (host: Host, { workspace = [] }: Environment, { file, imports }: Viewer, more: unknown): string =>
  JSON.stringify([imports, more, projectOf(host, file, workspace)]);
