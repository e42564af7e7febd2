/** The last lines of `check`: how many files, what was found, and what could not be looked at. */
import type { Diagnostic } from '../../rules/diagnostic.ts';
import type { Paint } from '../paint.ts';
import type { Told } from './told.ts';

export interface NotChecked {
  readonly file: string;
  readonly reason: string;
  /** What bundled facts say all the same. */
  readonly facts: string | null;
}

export function summary(files: number, found: readonly Diagnostic[], notChecked: readonly NotChecked[], told: Told, paint: Paint): string {
  const lines = notChecked.map(({ file, reason, facts }) =>
    paint(
      'dim',
      `${told.name(file)}: ${facts === null ? `model not checked: ${reason}` : `model checked by bundled facts: ${facts}; nothing else, as ${reason}`}`,
    ),
  );
  const errors = found.filter(d => d.severity === 'error').length;
  const warnings = found.filter(d => d.severity === 'warning').length;
  const others = found.length - errors - warnings;
  const counts = [counted(errors, 'error'), counted(warnings, 'warning'), counted(others, 'hint')].filter(c => c !== null);
  const verdict = counts.length ? paint(errors ? 'red' : 'yellow', counts.join(', ')) : paint('green', 'nothing wrong');
  lines.push(`${counted(files, 'config') ?? 'no configs'}: ${verdict}`);
  return `${lines.join('\n')}\n`;
}

const counted = (count: number, what: string): string | null => (count === 0 ? null : `${count} ${what}${count === 1 ? '' : 's'}`);
