/** Gives a dict of the open file the `type` that it lacks, as the first of its arguments. */
import { originAt } from '../config/origins.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { expressionAt } from '../syntax/expression-at.ts';
import type { Fix } from './diagnostic.ts';
import type { ConfigContext } from './rule.ts';

/** `type`: as it is to be written, `'SGD'`; null: not known. Empty where the dict is no display of this file. */
export function addType({ config, body, text }: ConfigContext, path: ConfigPath, type: string | null): readonly Fix[] {
  const site = originAt(config, path)?.value;
  const at = site?.file === config.file && type !== null ? expressionAt(body(site.file) ?? [], site) : null;
  if (!site || !at || (at.kind !== 'call' && at.kind !== 'dict')) return [];
  const start = at.kind === 'call' ? at.callee.span.end + 1 : site.start + 1;
  const isEmpty = /^\s*[)}]/.test(text(site.file)?.slice(start) ?? '');
  const written = `${at.kind === 'call' ? 'type=' : "'type': "}${type}${isEmpty ? '' : ', '}`;
  return [{ title: `Add type=${type}`, edits: [{ file: site.file, start, end: start, text: written }], preferred: true }];
}
