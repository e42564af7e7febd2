/** Targets that cannot be: of assignments, `del`, `for` and `with`. */
import type { Expression, Statement } from './nodes.ts';
import { type Around, bind, meet, nameOf, RESERVED, refuse } from './refusal.ts';
import { checkExpression } from './refused-expressions.ts';

/** The first part of a target that is none. */
function wrong(t: Expression, deletes = false): Expression | null {
  switch (t.kind) {
    case 'list':
    case 'tuple':
      return t.items.map(i => wrong(i, deletes)).find(i => i !== null) ?? null;
    case 'starred':
      return deletes ? t : wrong(t.value);
    case 'name':
    case 'attribute':
    case 'subscript':
    case 'temporary':
    case 'unsupported':
      return null;
    default:
      return t;
  }
}

export function checkTarget(t: Expression, around: Around): void {
  const bad = wrong(t);
  if (bad) refuse(bad.span, `cannot assign to ${nameOf(bad)}`);
  if (t.kind === 'starred') refuse(t.span, 'starred assignment target must be in a list or tuple');
  bindTarget(t, around);
}
function bindTarget(t: Expression, around: Around): void {
  switch (t.kind) {
    case 'name':
      bind(around, t.name, t.span);
      return;
    case 'attribute':
      if (t.name === '__debug__') refuse(t.span, 'cannot assign to __debug__');
      checkExpression(t, around);
      return;
    case 'tuple':
    case 'list':
      if (t.items.filter(i => i.kind === 'starred').length > 1) refuse(t.span, 'multiple starred expressions in assignment');
      for (const i of t.items) bindTarget(i.kind === 'starred' ? i.value : i, around);
      return;
    default:
      checkExpression(t, around);
  }
}

export function checkAssign(s: Statement<'assign'>, around: Around): void {
  const { targets, value } = s,
    [first] = targets;
  if (s.annotation && first) checkAnnotated(first, s.annotation, around);
  else {
    const bad = targets.find(t => wrong(t));
    if (bad) refuseTarget(bad, s, around);
  }
  for (const t of targets) checkTarget(t, around);
  if (value.kind === 'starred') refuse(value.span, "can't use starred expression here");
  checkExpression(value, around);
}
/** The sentence depends on what CPython's parser takes the text for first. */
function refuseTarget(bad: Expression, { targets, value, span }: Statement<'assign'>, around: Around): never {
  const part = wrong(bad) ?? bad,
    isYield =
      (part.kind === 'yield' || part.kind === 'yieldFrom') && around.source[part.span.start] !== '(' && !parenthesised(part, around);
  if (isYield && part === bad) refuse(span, 'assignment to yield expression not possible');
  const only = targets.length === 1 && compared(value);
  // In `a, f() = 1` the last is what stands before the `=`; before it, others are parsed as they are.
  const open = bad.kind === 'tuple' && around.source[bad.span.start] !== '(',
    last = open ? bad.items.at(-1) : bad;
  if (only && open && bad.items.at(-1) !== part && last?.kind === 'name')
    refuse(span, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  const group = part.kind === 'comprehension' && part.form === 'generator';
  if (only && part === last && !group && !isReserved(part) && operand(part, around))
    refuse(part.span, `cannot assign to ${nameOf(part)} here. Maybe you meant '==' instead of '='?`);
  refuse(part.span, `cannot assign to ${nameOf(part)}`);
}
const isReserved = (e: Expression): boolean => e.kind === 'constant' && (e.value === null || typeof e.value === 'boolean');
const parenthesised = (e: Expression, { source }: Around): boolean => /\(\s*$/.test(source.slice(0, e.span.start));
/** What can be an operand of `|` as it stands. */
const operand = (e: Expression, around: Around): boolean =>
  !LOOSE.has(e.kind) || (e.kind === 'unary' && e.operator !== 'not') || parenthesised(e, around);
const LOOSE: ReadonlySet<string> = new Set(['compare', 'boolean', 'conditional', 'lambda', 'yield', 'yieldFrom', 'named', 'unary']);
const compared = (value: Expression): boolean => {
  const first = value.kind === 'tuple' ? value.items[0] : value;
  return (
    !first || !(['yield', 'yieldFrom', 'lambda', 'starred'].includes(first.kind) || (first.kind === 'unary' && first.operator === 'not'))
  );
};

export function checkAnnotated(target: Expression, annotation: Expression, around: Around): void {
  if (target.kind === 'list' || target.kind === 'tuple') refuse(target.span, `only single target (not ${target.kind}) can be annotated`);
  if (wrong(target)) refuse(target.span, 'illegal target for annotation');
  if (target.kind === 'name') {
    if (target.name === '__debug__') refuse(target.span, 'cannot assign to __debug__');
    if (RESERVED.has(target.name)) refuse(target.span);
    const met = around.met.get(target.name),
      elsewhere = around.kind === 'module' ? undefined : met?.has('global') ? 'global' : met?.has('nonlocal') ? 'nonlocal' : undefined;
    if (elsewhere) refuse(target.span, `annotated name '${target.name}' can't be ${elsewhere}`);
    meet(around, target.name, 'annotated');
  } else bindTarget(target, around);
  if (annotation.kind === 'starred') refuse(annotation.span);
  checkExpression(annotation, around);
}

export function checkAugment({ target, value, span }: Statement<'augment'>, around: Around): void {
  if (!['name', 'attribute', 'subscript', 'unsupported'].includes(target.kind))
    refuse(target.span, `'${nameOf(target)}' is an illegal expression for augmented assignment`);
  if (target.kind === 'name') meet(around, target.name, 'used');
  bindTarget(target, around);
  if (value.kind === 'starred') refuse(span, "can't use starred expression here");
  checkExpression(value, around);
}

export function checkDelete(targets: readonly Expression[], around: Around): void {
  for (const t of targets) {
    const bad = wrong(t, true);
    if (bad) refuse(bad.span, `cannot delete ${nameOf(bad)}`);
    if (t.kind === 'name') {
      if (t.name === '__debug__') refuse(t.span, 'cannot delete __debug__');
      meet(around, t.name, 'used');
      meet(around, t.name, 'assigned');
    } else if (t.kind === 'list' || t.kind === 'tuple') checkDelete(t.items, around);
    else checkExpression(t, around);
  }
}
