/** `# necktie: ignore[code, code]` on a line, or `# necktie: ignore`, silences what stands there. */
import type { Lines } from '../text/lines.ts';

export function isSuppressed(lines: Lines, offset: number, code: string): boolean {
  const comment = /#\s*necktie:\s*ignore(?:\[([\w\s,-]*)\])?/.exec(lines.text(lines.position(offset).line));
  if (!comment) return false;
  return comment[1] === undefined || comment[1].split(',').some(name => name.trim() === code);
}
