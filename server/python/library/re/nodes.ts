/** What a regular expression is made of. */

/** Letters of `re`'s flags, as numbers. */
export const FLAG = {
  ignoreCase: 2,
  locale: 4,
  multiline: 8,
  dotAll: 16,
  unicode: 32,
  verbose: 64,
  debug: 128,
  ascii: 256,
  template: 1,
} as const;

export type Kind = 'd' | 'w' | 's';
export type ClassItem =
  | { readonly low: number; readonly high: number }
  /** `\d`, or what is none. */
  | { readonly kind: Kind; readonly negated: boolean };

export type Node =
  | { readonly op: 'character'; readonly code: number; readonly flags: number }
  | { readonly op: 'any'; readonly flags: number }
  | { readonly op: 'class'; readonly items: readonly ClassItem[]; readonly negated: boolean; readonly flags: number }
  | { readonly op: 'sequence'; readonly items: readonly Node[] }
  | { readonly op: 'branch'; readonly items: readonly Node[] }
  /** `index`: null where it captures nothing. */
  | { readonly op: 'group'; readonly index: number | null; readonly body: Node }
  | {
      readonly op: 'repeat';
      readonly least: number;
      readonly most: number;
      readonly how: 'greedy' | 'lazy' | 'possessive';
      readonly body: Node;
    }
  | { readonly op: 'place'; readonly what: '^' | '$' | 'A' | 'Z' | 'b' | 'B'; readonly flags: number }
  | { readonly op: 'reference'; readonly index: number; readonly flags: number }
  | { readonly op: 'look'; readonly behind: number | null; readonly negated: boolean; readonly body: Node }
  | { readonly op: 'choice'; readonly index: number; readonly yes: Node; readonly no: Node }
  | { readonly op: 'atomic'; readonly body: Node };

export interface Parsed {
  readonly node: Node;
  /** Of the whole pattern, those it sets itself included. */
  readonly flags: number;
  readonly groups: number;
  /** In the order they are opened. */
  readonly names: ReadonlyMap<string, number>;
}

/** How many characters at least and at most. */
export function widthOf(node: Node, groups: ReadonlyMap<number, readonly [number, number]>): readonly [number, number] {
  switch (node.op) {
    case 'character':
    case 'any':
    case 'class':
      return [1, 1];
    case 'sequence':
      return node.items.reduce<readonly [number, number]>(
        ([low, high], item) => {
          const [a, b] = widthOf(item, groups);
          return [low + a, high + b];
        },
        [0, 0],
      );
    case 'branch': {
      const all = node.items.map(item => widthOf(item, groups));
      return [Math.min(...all.map(w => w[0])), Math.max(...all.map(w => w[1]))];
    }
    case 'group':
    case 'atomic':
      return widthOf(node.body, groups);
    case 'repeat': {
      const [low, high] = widthOf(node.body, groups);
      return [low * node.least, high === 0 ? 0 : high * node.most];
    }
    case 'reference':
      return groups.get(node.index) ?? [0, Infinity];
    case 'choice': {
      const [a, b] = widthOf(node.yes, groups),
        [c, d] = widthOf(node.no, groups);
      return [Math.min(a, c), Math.max(b, d)];
    }
    case 'place':
    case 'look':
      return [0, 0];
  }
}
