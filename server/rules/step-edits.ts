/** A step of a pipeline that is moved or taken out, where the list is written in the open file and each step stands in it by itself. */
import { originAt, valueAt } from '../config/origins.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { siteOfValue } from '../config/sites.ts';
import type { Part } from '../recipe/part.ts';
import type { Pipeline } from '../recipe/pipelines.ts';
import type { Edit } from './diagnostic.ts';
import { removalOf } from './removal.ts';
import type { ConfigContext } from './rule.ts';

/** Where a step stands among those of its own pipeline; -1: it is inside of another. */
export const indexIn = ({ steps }: Pipeline, step: Part): number => steps.findIndex(one => one.path.join('/') === step.path.join('/'));

interface Written {
  readonly start: number;
  readonly end: number;
}

/** Empty: its form does not allow it. */
export function withoutStep(context: ConfigContext, pipeline: Pipeline, index: number): readonly Edit[] {
  const { file } = context.config;
  const text = context.text(file);
  const at = text === null ? undefined : writtenSteps(context, pipeline)?.[index];
  const removal = text === null || !at ? null : removalOf(text, file, at.start, at.end);
  return removal ? [removal] : [];
}

/** Behind the last step, or before another. */
export function movedStep(context: ConfigContext, pipeline: Pipeline, index: number, to: 'end' | number): readonly Edit[] {
  const { file } = context.config;
  const text = context.text(file);
  const steps = writtenSteps(context, pipeline);
  const at = steps?.[index];
  const target = to === 'end' ? steps?.at(-1) : steps?.[to];
  const removal = text === null || !at ? null : removalOf(text, file, at.start, at.end);
  if (text === null || !at || !target || !removal || target === at) return [];
  const own = text.slice(at.start, at.end);
  const line = text.lastIndexOf('\n', target.start - 1) + 1;
  const between = /^\s*$/.test(text.slice(line, target.start)) ? `,\n${text.slice(line, target.start)}` : ', ';
  const place = to === 'end' ? target.end : target.start;
  if (place > removal.start && place < removal.end) return [];
  const edits = [removal, { file, start: place, end: place, text: to === 'end' ? between + own : own + between }];
  return edits.toSorted((a, b) => a.start - b.start);
}

/** Where each step's text is; null where one of them is elsewhere, or the list is not one display. */
function writtenSteps({ config, text }: ConfigContext, { path, steps }: Pipeline): readonly Written[] | null {
  // Where the list itself is written, whatever name took it from there.
  const value = valueAt(config, path);
  const list = value === undefined ? null : siteOfValue(value);
  const whole = list?.file === config.file ? text(list.file)?.slice(list.start, list.end) : undefined;
  if (!list || whole === undefined || !/^[[(].*[\])]$/s.test(whole)) return null;
  const sites = steps
    .map(step => siteOf(config, step.path))
    .map(site => (site && site.start > list.start && site.end < list.end ? site : null));
  return sites.every((site, i) => site !== null && site.start >= (sites[i - 1]?.end ?? 0)) ? sites.filter(site => site !== null) : null;
}
function siteOf(config: ConfigContext['config'], path: ConfigPath): Written | null {
  const site = originAt(config, path)?.value;
  return site?.file === config.file ? site : null;
}
