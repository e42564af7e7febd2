/** What the strict parser makes of an expression: as much of it as CPython's complaints speak of. */

export interface Node {
  /** What CPython calls it. */
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Of a list or a tuple, its items; of what is starred, the one; of a comparison with `in`, what is left of it. */
  readonly items?: readonly Node[];
  /** In brackets of its own. */
  readonly grouped?: boolean;
}

/** CPython's words for `=` where it can be none. */
export const MAYBE_EQUAL = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

/** The first part of a target that is none. */
export function invalidTarget(e: Node, of: 'star' | 'for' | 'delete'): Node | null {
  switch (e.kind) {
    case 'list':
    case 'tuple':
      return (e.items ?? []).map(i => invalidTarget(i, of)).find(i => i !== null) ?? null;
    case 'starred':
      return of === 'delete' || !e.items?.[0] ? e : invalidTarget(e.items[0], of);
    case 'comparison':
      if (of !== 'for') return e;
      return e.items?.[0] ? invalidTarget(e.items[0], of) : null;
    case 'name':
    case 'subscript':
    case 'attribute':
      return null;
    default:
      return e;
  }
}
