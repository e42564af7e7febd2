/** One method of a transform while it is read: which of its names are the results, what is known of the others, and what an expression asks of the results. */
import type { Expression } from '../../syntax/nodes.ts';
import { evaluate, type Known, type Names, UNKNOWN } from './known.ts';

export class Frame {
  /** The results' own name here. */
  readonly parameter: string;
  /** Which of the class's is the method's own, among the orders of looking. */
  readonly at: number;
  readonly results: Set<string>;
  readonly locals = new Map<string, Known>();
  /** Names of keys that are not known, and were looked up: what is set under them was there before. */
  readonly lookedUp = new Set<string>();
  readonly names: Names;

  /** `own`: what is known of the transform's attributes. */
  constructor(parameter: string, at: number, own: ReadonlyMap<string, Known>) {
    this.parameter = parameter;
    this.at = at;
    this.results = new Set([parameter]);
    this.names = { local: name => this.locals.get(name) ?? UNKNOWN, own: name => own.get(name) ?? UNKNOWN };
  }

  /** Reads what may be left out: what is looked up there need not be there behind it. */
  within(read: () => void): void {
    const before = [...this.lookedUp];
    read();
    for (const name of this.lookedUp) if (!before.includes(name)) this.lookedUp.delete(name);
  }
  isResults(of: Expression): boolean {
    return of.kind === 'name' && this.results.has(of.name);
  }
  /** The key of `'key' in results`. */
  membership(test: Expression): string | null {
    const [only, ...more] = test.kind === 'compare' ? test.rest : [];
    if (test.kind !== 'compare' || !only || more.length || only.operator !== 'in' || !this.isResults(only.operand)) return null;
    return this.textsOf(test.first)?.[0] ?? null;
  }
  /** Keys that are surely there where a test holds. */
  presentIn(test: Expression): readonly string[] {
    if (test.kind === 'boolean' && test.operator === 'and') return [...this.presentIn(test.left), ...this.presentIn(test.right)];
    const member = this.membership(test);
    if (member !== null) return [member];
    const [only] = test.kind === 'compare' ? test.rest : [];
    const isNotNone = only?.operator === 'is not' && only.operand.kind === 'constant' && only.operand.value === null;
    const asked = test.kind === 'compare' && isNotNone ? test.first : test;
    const isGet = asked.kind === 'call' && asked.callee.kind === 'attribute' && asked.callee.name === 'get';
    if (!isGet || asked.callee.kind !== 'attribute' || !this.isResults(asked.callee.object)) return [];
    const [key, otherwise] = asked.args;
    const isNone = !otherwise || (otherwise.value.kind === 'constant' && otherwise.value.value === null);
    return key && isNone ? (this.textsOf(key.value) ?? []) : [];
  }
  /** Null: it is not known which. */
  textsOf(key: Expression): readonly string[] | null {
    const known = evaluate(key, this.names);
    return known.kind === 'constant' && typeof known.value === 'string' ? [known.value] : null;
  }
}
