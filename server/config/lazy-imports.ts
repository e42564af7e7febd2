/** Imports of a lazy config, rewritten as mmengine does before it runs the file: a base's names are there from the start, other imports bind lazy references. */

import { str } from '../python/operate.ts';
import type { Dict, Written } from '../python/types/dict.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';
import type { Block, Expression, Statement } from '../syntax/nodes.ts';
import { type LazyReference, lazyModule, lazyName } from './lazy-reference.ts';
import { problem } from './problem.ts';
import type { ConfigProblem } from './resolved.ts';
import { unsettled } from './settle.ts';
import { isStandardModule } from './standard-modules.ts';
import type { Touched } from './touched.ts';

export class LazyImports {
  /** Names that are bound before the first statement runs. Those that no program can write hold the references. */
  readonly given = new Map<string, Value>();
  /** Where the bases wrote them. */
  readonly written = new Map<string, Written>();
  readonly #file: string;
  readonly #bases: ReadonlyMap<string, Dict>;
  readonly #touched: Touched;
  readonly #copies = new Map<Value, Value>();
  readonly #pythonMinor: number;
  readonly #problems: ConfigProblem[];

  constructor(file: string, bases: ReadonlyMap<string, Dict>, touched: Touched, pythonMinor: number, problems: ConfigProblem[]) {
    this.#file = file;
    this.#bases = bases;
    this.#touched = touched;
    this.#pythonMinor = pythonMinor;
    this.#problems = problems;
  }

  rewrite(body: Block): Block {
    const twice = body.find((s, i) => s.kind === 'import' && body[i + 1]?.kind === 'import' && body[i + 1]?.span.start === s.span.start);
    if (twice) this.#complain('AssertionError', 'Illegal syntax in config! import multiple modules in one line is not supported', twice);
    const rewritten = this.#block(body);
    // All `import a.b` of one package come first, as one name for the package.
    const gathered = new Map<string, Statement<'import'>>();
    const rest = rewritten.filter(s => {
      if (s.kind !== 'import' || s.alias !== null || this.#standard(s.module)) return true;
      const top = s.module.split('.')[0] ?? s.module;
      if (!gathered.has(top)) gathered.set(top, s);
      return false;
    });
    return [...[...gathered].reverse().map(([top, s]) => this.#bind(top, lazyModule(top), s)), ...rest];
  }

  #block(body: Block): Block {
    return body.flatMap((s): Block => {
      switch (s.kind) {
        case 'importFrom':
          return this.#importFrom(s);
        case 'import':
          return s.alias === null || this.#standard(s.module.split('.')[0] ?? s.module)
            ? [s]
            : [this.#bind(s.alias, lazyModule(s.module), s)];
        case 'if':
        case 'while':
        case 'for':
          return [{ ...s, body: this.#block(s.body), otherwise: this.#block(s.otherwise) }];
        case 'function':
        case 'class':
          return [{ ...s, body: this.#block(s.body) }];
        case 'with': {
          const inner = this.#block(s.body);
          if (!inner.length) this.#complain('ValueError', 'empty body on With', s);
          return inner.length ? [{ ...s, body: inner }] : [];
        }
        case 'try':
          return [
            {
              ...s,
              body: this.#block(s.body),
              handlers: s.handlers.map(h => ({ ...h, body: this.#block(h.body) })),
              otherwise: this.#block(s.otherwise),
              last: this.#block(s.last),
            },
          ];
        default:
          return [s];
      }
    });
  }

  #importFrom(node: Statement<'importFrom'>): Block {
    const { module, names, star } = node;
    if (this.#standard(module)) {
      if (star) this.#complain('ConfigParsingError', 'Cannot import * from non-base config', node);
      return star ? [] : [node];
    }
    const base = this.#bases.get(module);
    if (base) {
      if (star) for (const e of base.entries.values()) this.#give(str(e.key), this.#ofBase(str(e.key), e.value), e.written);
      for (const { name, alias } of names) {
        const entry = base.entries.get(name);
        if (entry) this.#give(alias, this.#ofBase(alias, entry.value), entry.written);
        else {
          this.#complain('KeyError', `'${name}'`, node);
          this.#give(alias, new UnknownValue(`${module}.${name}`, { file: this.#file, ...node.span }), null);
        }
      }
      return [];
    }
    if (star) {
      // A base that could not be found has been told of already.
      if (!this.#problems.some(p => p.kind === 'base-not-found' && p.subject === module))
        this.#complain(
          'ConfigParsingError',
          'Illegal syntax in config! `from xxx import *` is not allowed to appear outside the `if base:` statement',
          node,
        );
      return [];
    }
    return names.map(n => this.#bind(n.alias, lazyName(module, n.name), node));
  }

  #bind(name: string, reference: LazyReference, { span }: Statement): Statement {
    const hidden = `.${this.given.size}`;
    this.given.set(hidden, reference);
    const value: Expression = { kind: 'name', name: hidden, span };
    return { kind: 'assign', targets: [{ kind: 'name', name, span }], value, span };
  }
  /** A copy of the config's own, where its statements may change it; one for all names that it is imported by. */
  #ofBase(name: string, value: Value): Value {
    if (this.#touched !== 'all' && !this.#touched.has(name)) return value;
    const known = this.#copies.get(value);
    const copy = known === undefined ? unsettled(value) : known;
    this.#copies.set(value, copy);
    return copy;
  }
  #give(name: string, value: Value, written: Written | null): void {
    this.given.set(name, value);
    if (written) this.written.set(name, written);
    else this.written.delete(name);
  }
  #standard(module: string): boolean {
    return isStandardModule(module, this.#pythonMinor);
  }
  #complain(errorType: string, message: string, { span }: Statement): void {
    this.#problems.push(problem('evaluation-error', errorType, message, { file: this.#file, ...span }));
  }
}
