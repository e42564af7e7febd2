/** What the grammar takes and CPython 3.11 does not: `return` outside of a function, two parameters of one name. For programs that are run as they are; what a library holds has been compiled before. */

import { refuseNestedBlocks } from './nested-blocks.ts';
import type { Block, Handler, Span, Statement } from './nodes.ts';
import { type Around, bind, Found, meet, RESERVED, type Refusal, refuse } from './refusal.ts';
import { checkArguments, checkExpression, checkFunction } from './refused-expressions.ts';
import { checkCase, unreachable } from './refused-patterns.ts';
import { checkAnnotated, checkAssign, checkAugment, checkDelete, checkTarget } from './refused-targets.ts';
import { yields } from './suspends.ts';

/** The first such thing; null where there is none. */
export function refused(body: Block, source: string): Refusal | null {
  try {
    for (const s of body)
      if (/^[ \t]+$/.test(source.slice(source.lastIndexOf('\n', s.span.start - 1) + 1, s.span.start))) refuse(s.span, 'unexpected indent');
    futures(body);
    block(body, {
      source,
      kind: 'module',
      asynchronous: false,
      generates: false,
      loop: false,
      star: false,
      names: new Set(),
      met: new Map(),
      outer: null,
      comprehension: null,
    });
    refuseNestedBlocks(body);
    return null;
  } catch (e) {
    if (e instanceof Found) return e.refusal;
    throw e;
  }
}

const FUTURES: ReadonlySet<string> = new Set([
  'nested_scopes',
  'generators',
  'division',
  'absolute_import',
  'with_statement',
  'print_function',
  'unicode_literals',
  'barry_as_FLUFL',
  'generator_stop',
  'annotations',
]);
function futures(body: Block): void {
  let begun = false;
  for (const [i, s] of body.entries()) {
    if (s.kind !== 'future') {
      begun ||= !(i === 0 && s.kind === 'expression' && s.value.kind === 'constant' && typeof s.value.value === 'string');
      continue;
    }
    if (begun) refuse(s.span, 'from __future__ imports must occur at the beginning of the file');
    for (const name of s.names) {
      if (name === 'braces') refuse(s.span, 'not a chance');
      if (!FUTURES.has(name)) refuse(s.span, `future feature ${name} is not defined`);
    }
  }
}

function block(body: Block, around: Around): void {
  for (const s of body) statement(s, around);
}

function statement(s: Statement, around: Around): void {
  switch (s.kind) {
    case 'expression':
      if (s.value.kind === 'starred') refuse(s.span, "can't use starred expression here");
      if (s.value.kind === 'named' && around.source[s.span.start] !== '(') refuse(s.span);
      checkExpression(s.value, around);
      return;
    case 'assign':
      checkAssign(s, around);
      return;
    case 'declare':
      checkAnnotated(s.target, s.annotation, around);
      return;
    case 'augment':
      checkAugment(s, around);
      return;
    case 'delete':
      checkDelete(s.targets, around);
      return;
    case 'return':
      if (around.star) refuse(s.span, LEAVES_STAR);
      if (around.kind !== 'function') refuse(s.span, "'return' outside function");
      if (s.value && around.generates) refuse(s.span, "'return' with value in async generator");
      if (s.value) checkExpression(s.value, around);
      return;
    case 'break':
    case 'continue':
      if (around.star && !around.loop) refuse(s.span, LEAVES_STAR);
      if (!around.loop) refuse(s.span, s.kind === 'break' ? "'break' outside loop" : "'continue' not properly in loop");
      return;
    case 'if':
      checkExpression(s.test, around);
      block(s.body, around);
      block(s.otherwise, around);
      return;
    case 'while':
      checkExpression(s.test, around);
      block(s.body, { ...around, loop: true });
      block(s.otherwise, around);
      return;
    case 'for':
      if (s.asynchronous) asynchronous('for', s, around);
      checkTarget(s.target, around);
      checkExpression(s.iterable, around);
      block(s.body, { ...around, loop: true });
      block(s.otherwise, around);
      return;
    case 'try':
      if (!s.handlers.length && !s.last.length) refuse(s.span, "expected 'except' or 'finally' block");
      block(s.body, around);
      for (const [i, h] of s.handlers.entries()) {
        if (!h.type && i < s.handlers.length - 1) refuse(h.span, "default 'except:' must be last");
        handler(h, s.groups ? { ...around, star: true, loop: false } : around);
      }
      block(s.otherwise, around);
      block(s.last, around);
      return;
    case 'with':
      if (s.asynchronous) asynchronous('with', s, around);
      checkExpression(s.manager, around);
      if (s.target) checkTarget(s.target, around);
      block(s.body, around);
      return;
    case 'match':
      checkExpression(s.subject, around);
      for (const [i, c] of s.cases.entries()) {
        checkCase(c, around);
        const why = i < s.cases.length - 1 && !c.guard ? unreachable(c.pattern) : null;
        if (why !== null) refuse(s.span, why);
        block(c.body, around);
      }
      return;
    case 'raise':
      if (s.cause && !s.exception) refuse(s.span);
      for (const e of [s.exception, s.cause]) if (e) checkExpression(e, around);
      return;
    case 'assert':
      checkExpression(s.test, around);
      if (s.message) checkExpression(s.message, around);
      return;
    case 'global':
      for (const n of s.names) {
        elsewhere(n, 'global', s, around);
        meet(around, n, 'global');
      }
      return;
    case 'nonlocal':
      if (around.kind === 'module') refuse(s.span, 'nonlocal declaration not allowed at module level');
      for (const n of s.names) {
        elsewhere(n, 'nonlocal', s, around);
        let at = around.outer;
        while (at && !(at.kind === 'function' && at.names.has(n) && !at.met.get(n)?.has('global'))) at = at.outer;
        if (!at && !(n === '__class__' && withinClass(around))) refuse(s.span, `no binding for nonlocal '${n}' found`);
        meet(around, n, 'nonlocal');
      }
      return;
    case 'function':
      for (const d of s.decorators) checkExpression(d, around);
      if (s.returns) checkExpression(s.returns, around);
      bind(around, s.binding ?? s.name, s.span);
      checkFunction(
        s.parameters,
        s.body,
        s.span,
        around,
        { asynchronous: s.asynchronous, generates: s.asynchronous && s.body.some(yields) },
        own => {
          block(s.body, own);
          return [];
        },
      );
      return;
    case 'class':
      for (const d of s.decorators) checkExpression(d, around);
      checkArguments(s.args, around, s.span);
      bind(around, s.binding ?? s.name, s.span);
      block(s.body, {
        ...around,
        kind: 'class',
        asynchronous: false,
        loop: false,
        star: false,
        names: new Set(),
        met: new Map(),
        outer: around,
      });
      return;
    case 'import':
      bind(around, s.alias ?? s.module.split('.')[0] ?? '', s.span);
      return;
    case 'importFrom':
      if (s.star && around.kind !== 'module') refuse(placeOf('*', s.span, around), 'import * only allowed at module level');
      for (const { alias } of s.names) bind(around, alias, s.span);
      return;
    case 'future':
      if (around.kind !== 'module') refuse(s.span, 'from __future__ imports must occur at the beginning of the file');
      return;
    case 'unsupported':
      if (s.refused !== undefined) refuse(s.span, s.refused);
      if (s.what === 'print statement' || s.what === 'exec statement') {
        const name = s.what.split(' ')[0] ?? '';
        refuse(s.span, `Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`);
      }
      return;
    default:
      return;
  }
}
const LEAVES_STAR = "'break', 'continue' and 'return' cannot appear in an except* block";

function handler(h: Handler, around: Around): void {
  if (h.type) checkExpression(h.type, around);
  if (h.name !== null) bind(around, h.name, h.span);
  block(h.body, around);
}
/** From a sign or a word of a statement on. */
function placeOf(text: string, span: Span, { source }: Around): Span {
  const at = source.indexOf(text, span.start);
  return at < 0 || at > span.end ? span : { ...span, start: at };
}
function asynchronous(what: 'for' | 'with', { span: own }: Statement, around: Around): void {
  // It begins with the word before.
  const word = around.source.lastIndexOf('async', own.start);
  const span = word < 0 ? own : { ...own, start: word };
  if (around.kind !== 'function') refuse(span, `'async ${what}' outside async function`);
  if (!around.asynchronous) refuse(span, `'async ${what}' outside async function`);
}
/** `global` and `nonlocal` come before all else that is done with a name. */
function elsewhere(name: string, how: 'global' | 'nonlocal', { span }: Statement, around: Around): void {
  if (RESERVED.has(name)) refuse(span);
  const met = around.met.get(name);
  if (!met) return;
  if (met.has('parameter')) refuse(span, `name '${name}' is parameter and ${how}`);
  if (met.has(how === 'global' ? 'nonlocal' : 'global')) refuse(span, `name '${name}' is nonlocal and global`);
  if (met.has('used')) refuse(span, `name '${name}' is used prior to ${how} declaration`);
  if (met.has('annotated')) refuse(span, `annotated name '${name}' can't be ${how}`);
  if (met.has('assigned')) refuse(span, `name '${name}' is assigned to before ${how} declaration`);
}
function withinClass(around: Around): boolean {
  for (let at: Around | null = around; at; at = at.outer) if (at.kind === 'class') return true;
  return false;
}
