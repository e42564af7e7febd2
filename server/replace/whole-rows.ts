/** A change inside of a list of parts (`neck=[dict(…), dict(…)]`) as the list written whole: a list that is written anew takes the place of the base's. */
import { linesOfConfig } from '../config/as-python.ts';
import { valueAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import { replaced } from '../model/input.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import type { Value } from '../python/value.ts';
import type { PartChange } from './fit-parts.ts';

/** `text`: Python's, of what stands at `path` within `model`. */
export interface WholeRow {
  readonly path: ConfigPath;
  readonly text: string;
}
export const isInRow = ({ path }: PartChange): boolean => path.some(step => typeof step === 'number');

export function wholeRows(config: ResolvedConfig, parts: readonly PartChange[]): readonly WholeRow[] {
  const inRows = parts.filter(isInRow);
  const model = valueAt(config, ['model']);
  const after =
    inRows.length && model ? replaced(model, new Map(inRows.map(({ path, value }) => [formatPath(path), asValue(value)]))) : null;
  if (!after) return [];
  const paths = new Map(
    inRows
      .map(({ path }) =>
        path.slice(
          0,
          path.findIndex(step => typeof step === 'number'),
        ),
      )
      .map(p => [p.join(), p]),
  );
  return [...paths.values()].flatMap(path => {
    const row = path.reduce<Value>((at, step) => (at instanceof Dict ? (at.get(step) ?? null) : null), after);
    return plain(row) === null ? [] : [{ path, text: textOf(row) }];
  });
}

const asValue = (value: number | readonly number[]): Value => (typeof value === 'number' ? value : new List([...value]));

function textOf(value: Value): string {
  const whole = new Dict();
  whole.set('row', value);
  return linesOfConfig({ value: whole })
    .map(({ text }) => text)
    .join('\n')
    .slice('row = '.length);
}
