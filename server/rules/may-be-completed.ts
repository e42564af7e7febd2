/** Whether a config is (or may well be) a base: what it lacks, others give. */
import type { ConfigContext } from './rule.ts';

/** By its folder, by its name, or because a config of the workspace rests on it. */
export const mayBeCompleted = ({ config: { file }, isBase }: ConfigContext): boolean =>
  isAmongBases(file) || /(?:^|[/_-])base(?:_\w+)?\.\w+$/.test(file) || (isBase?.(file) ?? false);

/** By its folder: it surely is one. */
export const isAmongBases = (file: string): boolean => /(?:^|\/)_base_\//.test(file);
