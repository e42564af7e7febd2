/** What two configs must have in common to be built in one session: no registry holds what the other's project registers under the same name. */
import type { Host } from '../project/host.ts';
import { textIfKnown } from '../python/text-if-known.ts';
import type { Value } from '../python/value.ts';
import type { Environment } from '../registry/environment.types.ts';
import { projectOf, type Viewer } from '../registry/sight.ts';
import { startedIn } from './started-in.ts';

export const sharedBy = (host: Host, environment: Environment, viewer: Viewer, imports: Value): string =>
  JSON.stringify([textIfKnown(imports), projectOf(host, viewer.file, environment.workspace ?? []), startedIn(host, environment, viewer)]);
