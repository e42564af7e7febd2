/**
 * `{{ fileDirname }}` and its kin in the texts of a config, replaced where they stand: nothing moves, and what was read of the file need not be read again. Null where
 * they stand anywhere else, and the text must be read as mmengine makes it.
 */
import type { Block } from '../syntax/nodes.ts';
import type { Substitution } from './substitution.ts';
import { withTexts } from './texts-in.ts';

export function filledIn(body: Block, written: string, inPart: NonNullable<Substitution['inPart']>): Block | null {
  let filled = 0;
  let fits = true;
  const made = withTexts(body, written, node => {
    const { text, count } = inPart(node.value);
    // Not one that only comes of escapes, or of two literals side by side.
    if (count !== inPart(written.slice(node.span.start, node.span.end)).count) fits = false;
    filled += count;
    return count ? { ...node, value: text } : node;
  });
  return fits && filled === inPart(written).count ? made : null;
}
