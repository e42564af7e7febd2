/** Whose modules count where a config is asked about: those that it imports, as far as that can be read. */
import { customImports } from '../config/custom-imports.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Viewer } from './sight.ts';

const known = new WeakMap<ResolvedConfig['value'], Viewer>();

export function viewerOf(config: Pick<ResolvedConfig, 'file' | 'value'>): Viewer {
  const before = known.get(config.value);
  if (before?.file === config.file) return before;
  const viewer = { file: config.file, imports: customImports(config) ?? [] };
  known.set(config.value, viewer);
  return viewer;
}
