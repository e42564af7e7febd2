/** A text-style config: `Config._file2dict`. */

import { raise } from '../python/exception.ts';
import { typeName } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import type { Dict } from '../python/types/dict.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site, Value } from '../python/value.ts';
import type { Block, Expression } from '../syntax/nodes.ts';
import { recover } from '../syntax/recover.ts';
import { withHiddenVariables } from './base-variable.ts';
import type { ConfigContext, Loaded } from './context.ts';
import { attempt, evaluate, isCode, relocated, unknownEntries } from './evaluate.ts';
import type { Parent, Source } from './load.ts';
import { type Bases, loadBases, noBases } from './load-bases.ts';
import { mergeInto, withBaseVariables } from './merge.ts';
import { problem, problemOf, textOfKeyError, topOf } from './problem.ts';
import type { PythonSource } from './read-python.ts';
import { Recovery } from './recovery.ts';
import type { ConfigProblem } from './resolved.ts';
import { isBaseAssignment } from './style.ts';
import { type Substitution, substitute } from './substitution.ts';

export function loadText(context: ConfigContext, source: Source & PythonSource, parent: Parent | null): Loaded {
  const { own, bases, replaced, problems } = evaluateText(context, source, parent);
  return { style: 'text', ...mergeWithBases(context, source, own, bases, replaced, problems), body: source.body };
}

/** A config's own names, and its bases as the file has changed them, before the two are merged. */
export interface Unmerged {
  readonly own: Dict;
  readonly bases: Bases;
  readonly replaced: Substitution;
  readonly problems: ConfigProblem[];
}

export function evaluateText(context: ConfigContext, source: Source & PythonSource, parent: Parent | null): Unmerged {
  const { file, text } = source;
  const problems: ConfigProblem[] = [...source.faults];
  const replaced = substitute(file, text, context.environment);
  const body = substituted(context, source, replaced, problems);
  const bases = basesOf(context, file, body, problems, parent);
  problems.push(...bases.problems);
  const hidden = withHiddenVariables(withoutBase(body), replaced.placeholders);
  const given = new Map<string, Value>([['_base_', bases.value], ...hidden.given]);
  const own = evaluate(context, file, hidden.body, given, false, (name, value) => given.has(name) || isCode(value));
  problems.push(...own.problems);
  return { own: own.value, bases, replaced, problems };
}

/** What is left to do is one for Python, JSON and YAML. */
export function mergeWithBases(
  context: ConfigContext,
  { file, version, text }: Source,
  own: Dict,
  bases: Bases,
  { placeholders }: Substitution,
  problems: ConfigProblem[],
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
      const child = withBaseVariables(own, placeholders, bases.value, (raised, site) =>
        report(problemOf(raised.exception, site ?? topOf(file))),
      );
      child.entries.delete('_base_');
      const merged = mergeInto(child, bases.value, file, report);
      for (const [k, { key }] of merged.entries) {
        const name = plain(key);
        if (typeof name !== 'string') throw raise('AttributeError', `'${typeName(key)}' object has no attribute 'startswith'`);
        if (name.startsWith('__')) merged.entries.delete(k);
      }
      return merged;
    },
  );
  return { value, problems, chain: [...bases.chain, file], sources: new Map([...bases.sources, [file, version]]), text };
}

/** The statements after substitution, at the places where they were written. */
function substituted(
  context: ConfigContext,
  { file, body }: Source & PythonSource,
  replaced: Substitution,
  problems: ConfigProblem[],
): Block {
  const { missing, original, text } = replaced;
  if (missing) problems.push(problem('evaluation-error', 'KeyError', textOfKeyError(missing.message), { file, ...missing.span }));
  if (!original) return body;
  const { body: statements, errors } = recover(context.parse, text);
  const [error] = errors;
  if (error && !problems.length)
    problems.push(
      problem('syntax-error', 'SyntaxError', `There are syntax errors in config file ${file}: ${error.message}`, {
        file,
        ...original(error.span),
      }),
    );
  return relocated(statements, original);
}

function basesOf(context: ConfigContext, file: string, body: Block, problems: ConfigProblem[], parent: Parent | null): Bases {
  const told = body.find(isBaseAssignment);
  if (!told) return noBases();
  const site: Site = { file, ...told.value.span };
  const value = alone(context, file, told.value, problems);
  return value instanceof UnknownValue ? { ...noBases(), value: incomplete(value.reason) } : loadBases(context, file, value, site, parent);
}
function incomplete(reason: string): Bases['value'] {
  const { value } = noBases();
  value.incomplete = reason;
  return value;
}

/** `_base_` is evaluated before anything else, with no names but Python's own. */
function alone(context: ConfigContext, file: string, expression: Expression, problems: ConfigProblem[]): Value {
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
  return body.flatMap((s): Block => {
    if (isBaseAssignment(s)) return [];
    switch (s.kind) {
      case 'if':
      case 'while':
      case 'for':
        return [{ ...s, body: withoutBase(s.body), otherwise: withoutBase(s.otherwise) }];
      case 'with':
        return [{ ...s, body: withoutBase(s.body) }];
      default:
        return [s];
    }
  });
}
