/** Whether a place in a config's text speaks of its backbone: where another one is offered in its place. */
import { originAt } from '../config/origins.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';

/** Offsets. */
export function isOnBackbone(project: Project, file: string, start: number, end: number): boolean {
  if (!file.endsWith('.py') || !project.isConfig(file)) return false;
  const origin = originAt(project.readable(file), ['model', 'backbone']);
  const covers = (site: Site): boolean => site.file === file && site.start <= start && end <= site.end;
  return origin !== undefined && (covers(origin.key) || covers(origin.value));
}
