/** CPython keeps at most twenty loops, `with`s and `try`s open in one function. */
import type { Block, Statement } from './nodes.ts';
import { refuse } from './refusal.ts';

const MOST = 20;

/** Refuses a body in which more are open. */
export function refuseNestedBlocks(body: Block, open = 0): void {
  for (const s of body) inStatement(s, open);
}
function inStatement(s: Statement, open: number): void {
  const within = (part: Block, more: number): void => {
    if (open + more > MOST) refuse(s.span, 'too many statically nested blocks');
    refuseNestedBlocks(part, open + more);
  };
  switch (s.kind) {
    case 'if':
      within(s.body, 0);
      within(s.otherwise, 0);
      break;
    case 'for':
    case 'while':
      within(s.body, 1);
      within(s.otherwise, 0);
      break;
    case 'with':
      within(s.body, 1);
      break;
    case 'match':
      for (const c of s.cases) within(c.body, 0);
      break;
    case 'try': {
      // What is done last stands around all the rest.
      const last = s.last.length ? 1 : 0,
        caught = s.handlers.length ? 1 : 0;
      within(s.body, last + caught);
      for (const h of s.handlers) within(h.body, last + 2);
      within(s.otherwise, last);
      within(s.last, last);
      break;
    }
    case 'function':
    case 'class':
      refuseNestedBlocks(s.body);
      break;
  }
}
