/** A Python config as it is at a place in its text: the statements before are run, and no others. What is bound or changed further down is not yet so. */
import type { Dict } from '../python/types/dict.ts';
import type { Block } from '../syntax/nodes.ts';
import { recover } from '../syntax/recover.ts';
import type { ConfigContext } from './context.ts';
import { boundSize } from './expanded.ts';
import { loadLazy } from './load-lazy.ts';
import { evaluateText, mergeWithBases } from './load-text.ts';
import { readPython } from './read-python.ts';
import { isBaseAssignment } from './style.ts';

export interface UpTo {
  /** The file's own names. */
  readonly names: Dict;
  /** What `_base_` is. Null in lazy style. */
  readonly base: Dict | null;
  /** What the config would be if it ended here. */
  readonly value: Dict;
}

/** `including`: the statement that the place is in, too. Null for what is no Python. */
export function upTo(context: ConfigContext, file: string, offset: number, including: boolean): UpTo | null {
  context.moment.begin();
  const whole = file.endsWith('.py') ? context.host.read(file) : null;
  if (whole === null) return null;
  const { body } = recover(context.parse, whole);
  // What `_base_` is counts wherever it stands.
  const told = body.find(isBaseAssignment);
  const until = endOf(whole, body, offset, including);
  const before = whole.slice(0, until);
  const text =
    told && told.span.end > until
      ? before + blank(whole.slice(until, told.span.start)) + whole.slice(told.span.start, told.span.end)
      : before;
  const source = { file, version: null, text, ...readPython(context, file, text) };
  // The style is the whole file's: what makes it lazy may stand further down.
  if (readPython(context, file, whole).style === 'lazy') {
    const { value } = loadLazy(context, source, null);
    return { names: value, base: null, value };
  }
  const { own, bases, replaced, problems } = evaluateText(context, source, null);
  boundSize(own);
  return { names: own, base: bases.value, value: mergeWithBases(context, source, own, bases, replaced, problems, false).value };
}

/** Places in the text stay what they are. */
const blank = (text: string): string => text.replace(/[^\n]/g, ' ');

/** Statements at the top of the file alone: what happens half way through a loop, nobody can say. The span of a block is that of its head, and may begin behind its first word. */
function endOf(text: string, body: Block, offset: number, including: boolean): number {
  const first = body.findLastIndex(({ span }) => span.start <= offset) + (including ? 1 : 0);
  const [last, next] = [body[first - 1], body[Math.max(0, first)]];
  if (!next) return text.length;
  const line = text.lastIndexOf('\n', next.span.start) + 1;
  // Several on one line, with semicolons between.
  return last && last.span.end > line ? next.span.start : line;
}
