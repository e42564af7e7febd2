/** Expressions, arguments and parameters that the grammar takes and CPython does not. */
import { bound } from './bound-names.ts';
import type { Argument, Block, Expression, Parameter, Span } from './nodes.ts';
import { type Around, bind, meet, RESERVED, refuse } from './refusal.ts';
import { checkTarget } from './refused-targets.ts';

export function checkExpression(e: Expression, around: Around): void {
  switch (e.kind) {
    case 'name':
      if (RESERVED.has(e.name)) refuse(e.span);
      meet(around, e.name, 'used');
      return;
    case 'attribute':
      if (RESERVED.has(e.name)) refuse(e.span);
      checkExpression(e.object, around);
      return;
    case 'yield':
    case 'yieldFrom':
      if (around.comprehension && !around.comprehension.inIterable) refuse(e.span, `'yield' inside ${around.comprehension.form}`);
      if (around.kind !== 'function') refuse(e.span, "'yield' outside function");
      if (e.kind === 'yieldFrom' && around.asynchronous) refuse(e.span, "'yield from' inside async function");
      if (e.value) checkExpression(e.value, around);
      return;
    case 'await':
      if (
        around.comprehension &&
        around.kind === 'function' &&
        !around.asynchronous &&
        around.comprehension.form !== 'generator expression'
      )
        refuse(e.span, 'asynchronous comprehension outside of an asynchronous function');
      if (around.kind !== 'function') refuse(e.span, "'await' outside function");
      if (!around.asynchronous && !around.comprehension) refuse(e.span, "'await' outside async function");
      checkExpression(e.value, around);
      return;
    case 'call':
      checkExpression(e.callee, around);
      checkArguments(e.args, around, e.span);
      return;
    case 'lambda':
      checkFunction(
        e.parameters,
        [{ kind: 'return', value: e.body, span: e.span }],
        e.span,
        around,
        { asynchronous: false, generates: false, inIterable: around.comprehension?.inIterable ?? false },
        () => [e.body],
      );
      return;
    case 'named':
      checkNamed(e, around);
      return;
    case 'tuple':
    case 'list':
    case 'set':
      for (const i of e.items) checkExpression(i.kind === 'starred' ? i.value : i, around);
      return;
    case 'starred':
      refuse(e.span, "can't use starred expression here");
      return;
    case 'comprehension':
      checkComprehension(e, around);
      return;
    case 'subscript':
      checkExpression(e.object, around);
      checkExpression(e.key.kind === 'starred' ? e.key.value : e.key, around);
      return;
    case 'slice':
      for (const part of [e.start, e.stop, e.step]) if (part?.kind === 'starred') refuse(part.span);
      break;
    case 'dict':
      for (const { key, value } of e.pairs)
        for (const part of [key, value])
          if (part?.kind === 'starred') refuse(part.span, 'cannot use a starred expression in a dictionary value');
      break;
    case 'constant':
      checkNumber(e, around);
      return;
    case 'unsupported':
      if (e.what === 'this number') checkNumber(e, around);
      if (e.what === 'this number' || e.what === 'augmented_assignment') refuse(e.span);
      return;
    default:
  }
  for (const child of children(e)) checkExpression(child, around);
}

function checkNumber({ span }: Expression, { source }: Around): void {
  const text = source.slice(span.start, span.end);
  if (!/^[\d.]/.test(text)) return;
  if (/^0+[1-9_]/.test(text) && /^[\d_]+$/.test(text) && !/^[0_]+$/.test(text))
    refuse(span, 'leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers');
  if (/__|_$|_[.eEjJ]|\._|[^x][eE]_/.test(text.replace(/^0[xX].*/, t => t.replace(/[eE]/g, '0')))) {
    const base = /^0[xX]/.test(text) ? 'hexadecimal' : /^0[oO]/.test(text) ? 'octal' : /^0[bB]/.test(text) ? 'binary' : 'decimal';
    refuse(span, `invalid ${base} literal`);
  }
}

/** A walrus inside of a comprehension binds in the function around it. */
function checkNamed(e: Expression<'named'>, around: Around): void {
  const { comprehension } = around;
  if (RESERVED.has(e.name)) refuse(e.span, `cannot use assignment expressions with ${e.name}`);
  if (comprehension) {
    if (comprehension.inIterable) refuse(e.span, 'assignment expression cannot be used in a comprehension iterable expression');
    for (let at: Around | null = around; at?.comprehension; at = at.outer)
      if (at.comprehension.targets.has(e.name))
        refuse(e.span, `assignment expression cannot rebind comprehension iteration variable '${e.name}'`);
    if (around.kind === 'class') refuse(e.span, 'assignment expression within a comprehension cannot be used in a class body');
  }
  bind(around, e.name, e.span);
  checkExpression(e.value, around);
}

const FORMS = { list: 'list comprehension', set: 'set comprehension', dict: 'dict comprehension', generator: 'generator expression' };
function checkComprehension(e: Expression<'comprehension'>, around: Around): void {
  if (e.item.kind === 'starred') refuse(e.item.span, 'iterable unpacking cannot be used in comprehension');
  if (e.clauses.some(c => c.kind === 'for' && c.asynchronous) && e.form !== 'generator' && !around.asynchronous)
    refuse(e.span, 'asynchronous comprehension outside of an asynchronous function');
  const form = FORMS[e.form],
    targets = new Set<string>(),
    inner: Around = {
      ...around,
      met: new Map(),
      outer: around,
      comprehension: { form, targets, inIterable: around.comprehension?.inIterable ?? false },
    },
    iterable: Around = { ...inner, comprehension: { form, targets, inIterable: true } },
    walrus = new Set<string>();
  for (const [i, c] of e.clauses.entries()) {
    if (c.kind === 'if') {
      namedIn(c.test, walrus);
      checkExpression(c.test, inner);
      continue;
    }
    // The first is evaluated outside.
    checkExpression(c.iterable, i === 0 ? { ...iterable, met: around.met, outer: around.outer } : iterable);
    const own = new Set<string>();
    bound({ kind: 'assign', targets: [c.target], value: c.iterable, span: c.span }, own);
    for (const name of own) {
      if (walrus.has(name)) refuse(c.span, `comprehension inner loop cannot rebind assignment expression target '${name}'`);
      targets.add(name);
    }
    checkTarget(c.target, inner);
  }
  checkExpression(e.item, inner);
  if (e.value) checkExpression(e.value, inner);
}
function namedIn(e: Expression, names: Set<string>): void {
  if (e.kind === 'named') names.add(e.name);
  for (const child of children(e)) namedIn(child, names);
}

export function checkArguments(args: readonly Argument[], around: Around, span: Span): void {
  const names = new Set<string>();
  let named = false,
    mapping = false;
  for (const a of args) {
    const { value } = a;
    if (a.kind === 'positional' && mapping) refuse(value.span, 'positional argument follows keyword argument unpacking');
    if (a.kind === 'positional' && named) refuse(value.span, 'positional argument follows keyword argument');
    if (a.kind === 'splat' && mapping) refuse(value.span, 'iterable argument unpacking follows keyword argument unpacking');
    if (a.kind === 'named') {
      if (a.name === 'await' || a.name === 'async') refuse(a.span);
      if (a.name === '__debug__' || RESERVED.has(a.name)) refuse(a.span, `cannot assign to ${a.name}`);
      if (a.name === '') refuse(a.span, 'expression cannot contain assignment, perhaps you meant "=="?');
      if (names.has(a.name)) refuse(a.span, `keyword argument repeated: ${a.name}`);
      names.add(a.name);
      named = true;
    }
    if (a.kind === 'mapping') mapping = true;
    if (a.kind === 'positional' && value.kind === 'comprehension' && value.form === 'generator' && args.length > 1)
      if (around.source[value.span.start] !== '(') refuse(span, 'Generator expression must be parenthesized');
    checkExpression(value, around);
  }
}

/** Where a parameter's name stands again. */
function secondOf(name: string, span: Span, { source }: Around): Span {
  const head = source.slice(span.start, span.end);
  const from = Math.max(0, head.search(/^lambda\b/) < 0 ? head.indexOf('(') : 'lambda'.length);
  const [, second] = head.slice(from).matchAll(new RegExp(String.raw`(?<![\w.])${name}(?!\w)`, 'g'));
  if (!second) return span;
  const start = span.start + from + second.index;
  return { start, end: start + name.length, line: span.line + source.slice(span.start, start).split('\n').length - 1 };
}

/** What a function yields and binds counts for what is in it. */
export function checkFunction(
  parameters: readonly Parameter[],
  body: Block,
  span: Span,
  around: Around,
  told: { readonly asynchronous: boolean; readonly generates: boolean; readonly inIterable?: boolean },
  inside: (own: Around) => readonly Expression[],
): void {
  const seen = new Set<string>();
  let fallback = false;
  for (const p of parameters) {
    if (p.name === '__debug__') refuse(span, 'cannot assign to __debug__');
    if (RESERVED.has(p.name) || p.name === 'await' || p.name === 'async') refuse(span);
    if (seen.has(p.name)) refuse(secondOf(p.name, span, around), `duplicate argument '${p.name}' in function definition`);
    seen.add(p.name);
    if ((p.kind === 'plain' || p.kind === 'positional') && fallback && !p.fallback)
      refuse(span, 'non-default argument follows default argument');
    if ((p.kind === 'plain' || p.kind === 'positional') && p.fallback) fallback = true;
    if (p.fallback) checkExpression(p.fallback, around);
    if (p.annotation) checkExpression(p.annotation.kind === 'starred' && p.kind === 'args' ? p.annotation.value : p.annotation, around);
  }
  const names = new Set(seen);
  for (const s of body) bound(s, names);
  const own: Around = {
    source: around.source,
    kind: 'function',
    asynchronous: told.asynchronous,
    generates: told.generates,
    loop: false,
    star: false,
    names,
    met: new Map([...seen].map(n => [n, new Set(['parameter'] as const)])),
    outer: around,
    comprehension: told.inIterable ? { form: '', targets: new Set(), inIterable: true } : null,
  };
  for (const e of inside(own)) checkExpression(e, own);
}

/** Expressions right below one. */
function children(e: Expression): Expression[] {
  switch (e.kind) {
    case 'slice':
      return [e.start, e.stop, e.step].filter(x => x !== null);
    case 'unary':
      return [e.operand];
    case 'binary':
    case 'boolean':
      return [e.left, e.right];
    case 'compare':
      return [e.first, ...e.rest.map(r => r.operand)];
    case 'conditional':
      return [e.test, e.chosen, e.otherwise];
    case 'dict':
      return e.pairs.flatMap(p => (p.key ? [p.key, p.value] : [p.value]));
    case 'joined':
      return e.parts.flatMap(p => (typeof p === 'string' ? [] : [p.value, ...(p.spec ? [p.spec] : [])]));
    default:
      return [];
  }
}
