/** What the loops around a line go over: an index past the end comes from there. */

/** `range(self.frozen_stages)` of `for i in range(self.frozen_stages):`, the innermost first. `line`: from 1. */
export function loopsAround(text: string, line: number): readonly string[] {
  const lines = text.split('\n');
  let indent = indentOf(lines[line - 1] ?? '');
  const found: string[] = [];
  for (let at = line - 2; at >= 0 && indent > 0; at--) {
    const here = lines[at] ?? '';
    if (!here.trim() || indentOf(here) >= indent) continue;
    indent = indentOf(here);
    if (/^\s*(?:async )?def /.test(here)) break;
    const over = /^\s*for .+? in (.+):/.exec(here)?.[1];
    if (over !== undefined) found.push(over);
  }
  return found;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
