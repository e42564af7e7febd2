/** The ground of the strict parser: tokens that are fetched one by one, rules that are remembered, complaints that end it. */
import { Found, type Refusal } from '../refusal.ts';
import type { Node } from './node.ts';
import type { Token, Tokens } from './tokens.ts';

/** There are no more tokens: an unclosed bracket, or something that is no token. */
export class NoToken extends Error {}

export type Rule = () => Node | null;

export class Peg {
  pos = 0;
  /** How many tokens were fetched: the last of them is where a text goes wrong that nothing better is known of. */
  fill = 0;
  /** The second pass, which asks what is wrong. */
  complaining = false;
  readonly source: string;
  /** What is wrong with an expression by itself: one of an f-string. */
  readonly inField: (expression: string) => string | null;
  readonly #tokens: Tokens;
  readonly #known = new Map<string, Map<number, { readonly node: Node | null; readonly pos: number }>>();
  constructor(source: string, tokens: Tokens, inField: (expression: string) => string | null) {
    this.source = source;
    this.inField = inField;
    this.#tokens = tokens;
  }

  again(): void {
    this.pos = 0;
    this.complaining = true;
    this.#known.clear();
  }

  get token(): Token {
    const token = this.#tokens.tokens[this.pos];
    if (!token) throw new NoToken();
    if (this.pos >= this.fill) this.fill = this.pos + 1;
    return token;
  }
  /** The last one that was fetched. */
  get last(): Token | null {
    return this.#tokens.tokens[this.fill - 1] ?? null;
  }
  get before(): Token {
    return this.#tokens.tokens[this.pos - 1] ?? this.token;
  }

  is(text: string): boolean {
    const { kind, text: own } = this.token;
    return own === text && (kind === 'op' || kind === 'name');
  }
  isKind(kind: Token['kind']): boolean {
    return this.token.kind === kind;
  }
  take(text: string): Token | null {
    const { token } = this;
    if (!this.is(text)) return null;
    this.pos++;
    return token;
  }
  takeKind(kind: Token['kind']): Token | null {
    const { token } = this;
    if (token.kind !== kind) return null;
    this.pos++;
    return token;
  }
  /** Goes back where the rule does not match. */
  attempt<T>(rule: () => T | null): T | null {
    const { pos } = this;
    const found = rule();
    if (found === null) this.pos = pos;
    return found;
  }
  /** Looks whether a rule matches, and stays. */
  ahead(rule: () => unknown): boolean {
    const { pos } = this;
    const found = rule();
    this.pos = pos;
    return found !== null && found !== false;
  }
  remembered(name: string, rule: Rule): Node | null {
    const key = this.complaining ? `${name}!` : name;
    let known = this.#known.get(key);
    if (!known) this.#known.set(key, (known = new Map()));
    const at = this.pos;
    const before = known.get(at);
    if (before) {
      if (before.node) this.pos = before.pos;
      return before.node;
    }
    const node = this.attempt(rule);
    known.set(at, { node, pos: this.pos });
    return node;
  }

  node(kind: string, from: Pick<Token, 'start' | 'line'>, more: Partial<Node> = {}): Node {
    return { kind, start: from.start, line: from.line, end: this.before.end, ...more };
  }
  complain(message: string, at: { readonly start: number; readonly line: number; readonly end?: number } | null): never {
    const { start, line, end } = at ?? { start: 0, line: 1 };
    throw new Found({ message, span: { start, end: end ?? start + 1, line } } satisfies Refusal);
  }
  /** Where nothing says where: at the last token that was fetched. */
  complainHere(message: string): never {
    return this.complain(message, this.last);
  }
  /** What has to come, in either pass. */
  force(text: string): void {
    if (!this.take(text)) this.complain(`expected '${text}'`, this.token);
  }
}
