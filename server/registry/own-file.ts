/** Whether a file is the workspace's own, and of no packages that are installed somewhere within it (`.venv`). */
import type { Environment } from './environment.types.ts';

export function isOwnFile({ workspace = [], roots }: Environment, file: string): boolean {
  const isUnder = (root: string): boolean => file.startsWith(`${root}/`);
  return workspace.some(isUnder) && !roots.some(root => isUnder(root) && !workspace.includes(root));
}
