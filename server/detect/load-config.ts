import type { ResolvedConfig } from '../config/resolved.ts';
import { type Data, dataOf } from './data.ts';
import type { DetectPlace } from './place.ts';
import { DetectFailure } from './problem.ts';

/** A config with its bases, and its values as JavaScript's own. Throws `DetectFailure`. */
export function loadConfig(place: Pick<DetectPlace, 'config'>, file: string): { readonly config: ResolvedConfig; readonly data: Data } {
  const config = place.config(file);
  const [problem] = config.problems;
  if (!config.ok && problem) throw new DetectFailure('network', 'The config cannot be loaded', `${problem.errorType}: ${problem.message}`);
  return { config, data: dataOf(config.value) };
}
