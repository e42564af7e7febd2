/** What an argument that is missing may be: what the parts that meet with it say, or what other parts count. */

import { numberFrom, numbersFrom } from '../../config/from-value.ts';
import { valueAt } from '../../config/origins.ts';
import type { ConfigPath, ResolvedConfig } from '../../config/resolved.ts';
import { valuesOf } from '../values-of.ts';
import type { Candidate } from './candidates.ts';
import { type Change, pythonText } from './edits.ts';

/** Channels that come before and after are written in the same measure mostly. */
const MEETING: Readonly<Record<string, readonly ConfigPath[]>> = {
  'neck in_channels': [
    ['neck', 'out_channels'],
    ['bbox_head', 'head_module', 'in_channels'],
    ['bbox_head', 'in_channels'],
  ],
  'neck out_channels': [
    ['bbox_head', 'head_module', 'in_channels'],
    ['bbox_head', 'in_channels'],
    ['rpn_head', 'in_channels'],
    ['neck', 'in_channels'],
  ],
  'bbox_head in_channels': [
    ['neck', 'out_channels'],
    ['rpn_head', 'in_channels'],
    ['neck', 'in_channels'],
  ],
  'rpn_head in_channels': [['neck', 'out_channels']],
};

/** `part`: within the config. Empty where there is nothing to go by for one of the names. */
export function missingCandidates(config: ResolvedConfig, part: ConfigPath, names: readonly string[]): readonly Candidate[] {
  const values = names.map(name => valuesFor(config, part, name));
  if (part[0] !== 'model' || values.some(all => !all.length)) return [];
  const most = names.length === 1 ? MOST : 1;
  return Array.from({ length: Math.min(most, values[0]?.length ?? 0) }, (_, i): Candidate => {
    const changes = names.flatMap((name, at): Change[] => {
      const value = values[at]?.[i];
      return value === undefined ? [] : [{ path: [...part, name], value }];
    });
    return { changes, title: `Add ${changes.map(change => `${String(change.path.at(-1))}=${pythonText(change, false)}`).join(', ')}` };
  });
}
const MOST = 2;

function valuesFor(config: ResolvedConfig, part: ConfigPath, name: string): readonly Change['value'][] {
  const found =
    name === 'num_classes'
      ? valuesOf(config).flatMap(({ path, value }) =>
          path.at(-1) === name && /^(?:model|num_classes)$/.test(String(path[0])) ? [value] : [],
        )
      : (MEETING[`${String(part[1])} ${name}`] ?? []).flatMap(path => valueAt(config, ['model', ...path]) ?? []);
  const values = found.flatMap((value): Change['value'][] => {
    const one = numberFrom(value) ?? numbersFrom(value);
    return one === undefined || (typeof one === 'object' && !one.length) ? [] : [one];
  });
  return values.filter((value, i) => values.findIndex(other => String(other) === String(value)) === i);
}

/** The names in Python's sentence; empty for any other. */
export const missingIn = (message: string): readonly string[] =>
  [...(/ missing \d+ required (?:positional|keyword-only) arguments?: (.+)$/.exec(message)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
    ([, name = '']) => name,
  );
