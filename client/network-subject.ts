import { fields } from './fields.ts';

/** What the panel is about: enough to find it all again after a restart. Paths are the file system's. */
export interface NetworkSubject {
  readonly config: string;
  /** Another config to set beside it. */
  readonly compared: string | null;
  /** Width and height that were asked for; null: the config's own. */
  readonly size: readonly [number, number] | null;
}

/** Reads what was kept over a restart; null where it is no subject. */
export function networkSubjectFrom(kept: unknown): NetworkSubject | null {
  const { config, compared, size } = fields(kept);
  if (typeof config !== 'string') return null;
  const [width, height] = Array.isArray(size) ? size : [];
  return {
    config,
    compared: typeof compared === 'string' ? compared : null,
    size: typeof width === 'number' && typeof height === 'number' ? [width, height] : null,
  };
}
