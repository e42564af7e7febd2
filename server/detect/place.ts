import type { ResolvedConfig } from '../config/resolved.ts';
import type { ModelRunner } from '../model/run.ts';
import type { Host } from '../project/host.ts';
import type { RegistryIndex } from '../registry/entry.ts';
import type { Environment } from '../registry/environment.types.ts';

/** As much of a project as detection needs. */
export interface DetectPlace {
  readonly host: Host;
  readonly environment: Environment;
  config(file: string): ResolvedConfig;
  readonly models: Pick<ModelRunner, 'run'> | null;
  readonly registry: RegistryIndex;
}
