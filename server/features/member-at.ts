/** A part of a value that is read by the name of its whole: the `backbone` of `model.backbone.depth`, the `type` of `stages[0]['type']`. */
import { parsePath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import { bindingsIn, type NameUse } from '../syntax/bindings.ts';
import { recover } from '../syntax/recover.ts';
import { PATH_STEP } from './named-at.ts';

export interface MemberAt {
  /** The name that the way begins with. */
  readonly use: NameUse;
  /** From the name to the step under the cursor. */
  readonly path: ConfigPath;
  readonly start: number;
  readonly end: number;
}

/** Null on the name itself, and where the place is no such way. `_base_` has one of its own: `namedAt`. */
export function memberAt(project: Project, file: string, offset: number): MemberAt | null {
  const text = project.host.read(file) ?? '';
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  for (const { index, 1: name = '', 2: steps = '' } of line.matchAll(WAY)) {
    const start = lineStart + index;
    const behind = start + name.length;
    if (name === '_base_' || offset <= behind || offset > behind + steps.length) continue;
    for (const { index: at, 0: step } of steps.matchAll(STEP)) {
      const end = behind + at + step.length;
      if (offset > end) continue;
      const path = parsePath(text.slice(start, end).replaceAll('"', "'"));
      // In a comment or a text it is no name.
      const use = path && bindingsIn(recover(project.configs.parse, text).body).uses.find(({ span }) => span.start === start);
      return use ? { use, path, start, end } : null;
    }
  }
  return null;
}

const STEP = new RegExp(PATH_STEP, 'g');
const WAY = new RegExp(String.raw`(?<![\w.\])'"}])([^\W\d]\w*)((?:${PATH_STEP})+)`, 'gu');
