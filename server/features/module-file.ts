/** The file that a module's name means in a config. */
import { posix } from 'node:path';
import { packageFolder } from '../config/base-path.ts';
import type { Project } from '../project/project.ts';

/** `.._base_.models.yolo`: each dot but the first is a folder up. A package's configs lie in its `.mim` or `configs` folder. Null: there is none. */
export function moduleFile(project: Project, file: string, module: string): string | null {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const [name = '', ...rest] = module.slice(dots).split('.');
  const folder = dots ? posix.join(posix.dirname(file), '../'.repeat(dots - 1), name) : packageFolder(project.configs, name);
  if (folder === null) return null;
  const inside = [folder, ...rest].join('/');
  const candidates = [`${inside}.py`, `${inside}/__init__.py`, ...(dots ? [] : [`${folder}/.mim/${rest.join('/')}.py`])];
  return candidates.find(path => project.host.kind(path) === 'file') ?? null;
}
