/** A text-style config: `Config._file2dict`. */

import { raise } from '../python/exception.ts';
import { typeName } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import type { Dict } from '../python/types/dict.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site, Value } from '../python/value.ts';
import type { Block, Expression, Statement } from '../syntax/nodes.ts';
import { recover } from '../syntax/recover.ts';
import { withHiddenVariables } from './base-variable.ts';
import type { ConfigContext, Loaded } from './context.ts';
import { attempt, evaluate, isCode, relocated, unknownEntries } from './evaluate.ts';
import { boundSize } from './expanded.ts';
import { filledIn } from './filled-in.ts';
import { type ImportingContext, importingContext } from './imported-modules.ts';
import type { Parent, Source } from './load.ts';
import { type Bases, loadBases, noBases } from './load-bases.ts';
import { mergeInto, withBaseVariables } from './merge.ts';
import { PlainStatements } from './plain-statements.ts';
import { problem, problemOf, textOfKeyError, topOf } from './problem.ts';
import type { PythonSource } from './read-python.ts';
import { Recovery } from './recovery.ts';
import type { ConfigProblem } from './resolved.ts';
import { Settling, TooManyParts } from './settle.ts';
import { isBaseAssignment } from './style.ts';
import { type Substitution, substitute } from './substitution.ts';
import { onlyReads, type Touched, touchedOfBase } from './touched.ts';

export function loadText(context: ConfigContext, source: Source & PythonSource, parent: Parent | null): Loaded {
  const { own, isPlain, bases, replaced, problems } = evaluateText(context, source, parent);
  return { style: 'text', ...mergeWithBases(context, source, own, bases, replaced, problems, isPlain), body: source.body };
}

/** A config's own names, and its bases as the file has changed them, before the two are merged. */
export interface Unmerged {
  readonly own: Dict;
  /** See `Evaluated`. */
  readonly isPlain: boolean;
  readonly bases: Bases;
  readonly replaced: Substitution;
  readonly problems: ConfigProblem[];
}

export function evaluateText(context: ConfigContext, source: Source & PythonSource, parent: Parent | null): Unmerged {
  const { file, text } = source;
  const problems: ConfigProblem[] = [...source.faults];
  const replaced = substitute(file, text, context.environment);
  const body = substituted(context, source, replaced, problems);
  const touched = touchedOfBase(replaced.text);
  const reads = touched !== 'all' && touched.size > 0 && onlyReads(body, replaced.text);
  const bases = basesOf(context, file, body, touched, reads, problems, parent);
  problems.push(...bases.problems);
  const hidden = withHiddenVariables(withoutBase(body), text, replaced.placeholders);
  const given = new Map<string, Value>([['_base_', bases.value], ...hidden.given]);
  const importing = importingContext(context, file, hidden.body, bases.changesModules);
  const own = evaluate(importing?.context ?? context, file, hidden.body, given, false, (name, value) => given.has(name) || isCode(value));
  problems.push(...own.problems);
  if (own.lacking !== null) bases.value.incomplete ??= own.lacking;
  return { own: own.value, isPlain: own.isPlain, bases: importing ? withModules(bases, importing) : bases, replaced, problems };
}

const withModules = (bases: Bases, { sources, modules, isChanged }: ImportingContext): Bases => ({
  ...bases,
  sources: new Map([...bases.sources, ...sources]),
  modules: [...new Set([...bases.modules, ...modules()])],
  changesModules: isChanged(),
});

/** What is left to do is one for Python, JSON and YAML. `takes`: `own` is nobody else's, and may be made what is answered. */
export function mergeWithBases(
  context: ConfigContext,
  { file, version, text }: Source,
  own: Dict,
  bases: Bases,
  { placeholders }: Substitution,
  problems: ConfigProblem[],
  takes: boolean,
): Omit<Loaded, 'style' | 'body'> {
  const report = (made: ConfigProblem): void => void problems.push(made);
  const value = attempt<Dict>(
    context,
    topOf(file),
    report,
    reason => unknownEntries(own, reason),
    () => {
      // A notice that the file is to go, which mmengine turns into a warning.
      own.entries.delete('_deprecation_');
      if (placeholders.size) boundSize(own);
      const child = placeholders.size
        ? withBaseVariables(own, placeholders, bases.value, (raised, site) => report(problemOf(raised.exception, site ?? topOf(file))))
        : own;
      child.entries.delete('_base_');
      const merged = bounded(child, problems, most => mergeInto(child, bases.value, file, report, bases.kept, new Settling(most, takes)));
      merged.entries.forEach(({ key }, k) => {
        const name = plain(key);
        if (typeof name !== 'string') throw raise('AttributeError', `'${typeName(key)}' object has no attribute 'startswith'`);
        if (name.startsWith('__')) merged.entries.delete(k);
      });
      return merged;
    },
  );
  return {
    value,
    problems,
    chain: [...bases.chain, file],
    sources: new Map([...bases.sources, [file, version]]),
    modules: bases.modules,
    changesModules: bases.changesModules,
    text,
  };
}

/** Work that makes a copy of a value for each of its places. Where those are many, they are counted first: what is too large is unknown, and the work is done without it. */
function bounded<T>(child: Dict, problems: ConfigProblem[], work: (most: number) => T): T {
  const { length } = problems;
  try {
    return work(MANY);
  } catch (e) {
    if (!(e instanceof TooManyParts)) throw e;
    problems.length = length;
    boundSize(child);
    return work(Infinity);
  }
}

/** Parts: several times what the largest configs of the libraries have. */
const MANY = 30_000;

/** The statements after substitution, at the places where they were written. */
function substituted(
  context: ConfigContext,
  { file, text: written, body, faults }: Source & PythonSource,
  replaced: Substitution,
  problems: ConfigProblem[],
): Block {
  const { missing, original, alike, text, inPart } = replaced;
  if (missing) problems.push(problem('evaluation-error', 'KeyError', textOfKeyError(missing.message), { file, ...missing.span }));
  if (text === written) return body;
  const filled = inPart && !faults.length ? filledIn(body, written, inPart) : null;
  if (filled) return filled;
  const { body: statements, errors } = recover(context.parse, text);
  const [error] = errors;
  if (error && !problems.length)
    problems.push(
      problem('syntax-error', 'SyntaxError', `There are syntax errors in config file ${file}: ${error.message}`, {
        file,
        ...(original ? original(error.span) : error.span),
      }),
    );
  return original ? relocated(statements, original, alike) : statements;
}

function basesOf(
  context: ConfigContext,
  file: string,
  body: Block,
  touched: Touched,
  reads: boolean,
  problems: ConfigProblem[],
  parent: Parent | null,
): Bases {
  const told = body.find(isBaseAssignment);
  if (!told) return noBases();
  const site: Site = { file, ...told.value.span };
  const value = alone(context, file, told.value, problems);
  return value instanceof UnknownValue
    ? { ...noBases(), value: incomplete(value.reason) }
    : loadBases(context, file, value, site, parent, touched, reads);
}
function incomplete(reason: string): Bases['value'] {
  const { value } = noBases();
  value.incomplete = reason;
  return value;
}

/** `_base_` is evaluated before anything else, with no names but Python's own. */
function alone(context: ConfigContext, file: string, expression: Expression, problems: ConfigProblem[]): Value {
  const plain = new PlainStatements(file, null).value(expression);
  if (plain !== undefined) return plain;
  const { span } = expression;
  const recovery = new Recovery(file);
  const module = context.interpreter.module({ file, traced: true, watch: recovery });
  recovery.watches(module);
  context.interpreter.execute([{ kind: 'assign', targets: [{ kind: 'name', name: '_base_', span }], value: expression, span }], module);
  problems.push(...recovery.problems);
  return module.member('_base_') ?? new UnknownValue('_base_', { file, ...span });
}

/** Assignments to `_base_` are no part of what runs, wherever they stand but in functions that nobody calls. */
function withoutBase(body: Block): Block {
  const rest: Statement[] = [];
  for (const s of body) {
    if (isBaseAssignment(s)) continue;
    switch (s.kind) {
      case 'if':
      case 'while':
      case 'for':
        rest.push({ ...s, body: withoutBase(s.body), otherwise: withoutBase(s.otherwise) });
        break;
      case 'with':
        rest.push({ ...s, body: withoutBase(s.body) });
        break;
      default:
        rest.push(s);
    }
  }
  return rest;
}
