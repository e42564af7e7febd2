import { basename } from 'node:path';
import { window } from 'vscode';
import type { OtherSide, Subject } from '../preview-subject.ts';
import { askCheckpoint, askConfig } from './choose-file.ts';

/** Asks what a preview shall be compared with. Undefined where nothing was chosen; null: with nothing any more. `used`: the checkpoint that ran last. */
export async function chooseOther(subject: Subject, used: string | null): Promise<OtherSide | null | undefined> {
  const { config, checkpoint } = subject;
  const items = [
    { what: 'checkpoint' as const, label: 'Another checkpoint…', description: 'of the same config' },
    { what: 'config' as const, label: 'Another config…', description: 'with its own newest checkpoint' },
    ...(used?.endsWith('.pth')
      ? [{ what: 'raw' as const, label: 'Raw weights', description: `of ${basename(used)}, as trained and not averaged` }]
      : []),
    ...(subject.other === null ? [] : [{ what: 'nothing' as const, label: 'Stop comparing', description: '' }]),
  ];
  const chosen = await window.showQuickPick(items, { title: 'Compare With', placeHolder: 'The same picture, left and right of a divider' });
  switch (chosen?.what) {
    case undefined:
      return undefined;
    case 'nothing':
      return null;
    case 'raw':
      return { config, checkpoint: used ?? checkpoint, raw: true };
    case 'checkpoint': {
      const other = await askCheckpoint(subject);
      return other === undefined ? undefined : { config, checkpoint: other, raw: false };
    }
    case 'config': {
      const other = await askConfig(subject.other?.config ?? subject.config);
      return other === undefined ? undefined : { config: other, checkpoint: null, raw: false };
    }
  }
}

/** What the two are called: as short as tells them apart. */
export function sideNames(subject: Subject, own: string | null, other: OtherSide, others: string | null): readonly [string, string] {
  const name = (path: string | null): string => (path === null ? 'random' : basename(path).replace(/\.\w+$/, ''));
  if (other.raw) return ['EMA', 'raw'];
  if (other.config !== subject.config) return [name(subject.config), name(other.config)];
  const [left, right] = [name(own), name(others)];
  return left === right ? ['first', 'second'] : shortened(left, right);
}

/** Without what both begin with, up to a word's start, where they are long. */
function shortened(left: string, right: string): readonly [string, string] {
  let same = 0;
  while (same < Math.min(left.length, right.length) && left[same] === right[same]) same++;
  const cut = left.slice(0, same).search(/[^_\-.]*$/);
  return Math.max(left.length, right.length) <= 12 ? [left, right] : [left.slice(cut), right.slice(cut)];
}
