/** What the tokens of plain expressions mean to their reader, by their kinds: see `plain.ts`. */
import { ASSIGN, CLOSE, CLOSE_CURLY, CLOSE_SQUARE, COLON, COMMA, LESS, MINUS, MORE, PLUS, SLASH, STAR } from './character-codes.ts';
import { KEYWORDS } from './keywords.ts';
import type { BinaryOperator, Comparison } from './nodes.ts';
import { EQUAL, FLOOR, LEFT, LESS_EQUAL, MORE_EQUAL, NAME, POWER, RIGHT, UNEQUAL } from './plain-tokens.ts';

const code = (mark: string): number => mark.charCodeAt(0);

/** What may stand after an expression and is no part of it, by kinds of tokens: so does most that is written in configs. */
export const ENDS: readonly boolean[] = Array.from({ length: 256 }, (_, kind) =>
  kind < 32 ? kind !== NAME : [CLOSE, CLOSE_SQUARE, CLOSE_CURLY, COMMA, COLON, ASSIGN].includes(kind),
);
/** Keywords; and what may be read but not bound. */
export const NO_NAMES: ReadonlySet<string> = new Set([...KEYWORDS, '__debug__']);
/** Words that mean something else at the beginning of a line, in some version of Python. */
export const NO_BEGINNING = new Set(['print', 'exec', 'match', 'case', 'type']);
export const CONSTANTS = new Map<string, boolean | null>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

/** Binary operators by kinds of tokens, and how tight they are. */
export const OPERATORS: (BinaryOperator | undefined)[] = [];
export const LEVELS: (number | undefined)[] = [];
export const TIGHTEST = 5;
const operators = (level: number, ...all: readonly (readonly [kind: number, operator: BinaryOperator])[]): void => {
  for (const [kind, operator] of all) {
    OPERATORS[kind] = operator;
    LEVELS[kind] = level;
  }
};
operators(0, [code('|'), '|']);
operators(1, [code('^'), '^']);
operators(2, [code('&'), '&']);
operators(3, [LEFT, '<<'], [RIGHT, '>>']);
operators(4, [PLUS, '+'], [MINUS, '-']);
operators(TIGHTEST, [STAR, '*'], [SLASH, '/'], [FLOOR, '//'], [code('%'), '%'], [code('@'), '@']);
operators(TIGHTEST + 1, [POWER, '**']);

export const COMPARISONS: (Comparison | undefined)[] = [];
COMPARISONS[LESS] = '<';
COMPARISONS[MORE] = '>';
COMPARISONS[LESS_EQUAL] = '<=';
COMPARISONS[MORE_EQUAL] = '>=';
COMPARISONS[EQUAL] = '==';
COMPARISONS[UNEQUAL] = '!=';
/** `not` is the first word of `not in`, and tells nothing yet. */
export const COMPARING: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['in', 'in'],
  ['not', 'not in'],
  ['is', 'is'],
]);
