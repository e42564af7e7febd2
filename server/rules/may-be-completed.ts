/** Whether a config is (or may well be) a base: what it lacks, others give. */
import type { ConfigContext } from './rule.ts';

/** By its folder, by its name, or because a config of the workspace rests on it. */
export const mayBeCompleted = ({ config: { file }, isBase }: ConfigContext): boolean =>
  /(?:^|\/)_base_\/|(?:^|[/_-])base(?:_\w+)?\.\w+$/.test(file) || (isBase?.(file) ?? false);
