/** Whether all of a config could be read: what is said of something that is not there, or of no use, needs that. */
import { ConfigDict } from './config-dict.ts';
import type { ResolvedConfig } from './resolved.ts';

/** The config, and with it every base. */
export const isWhole = (config: ResolvedConfig): boolean => config.ok && basesAreWhole(config);

/** Every base, whatever is wrong in the file itself. */
export const basesAreWhole = ({ file, value, problems }: ResolvedConfig): boolean =>
  !(value instanceof ConfigDict && value.incomplete !== null) && !problems.some(p => p.kind.startsWith('base-') || p.site.file !== file);
