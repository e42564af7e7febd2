/** Patterns of `case` that CPython refuses. */
import { captured } from './bound-names.ts';
import type { MatchCase, Pattern } from './nodes.ts';
import { type Around, bind, refuse } from './refusal.ts';
import { checkExpression } from './refused-expressions.ts';

export function checkCase({ pattern, guard }: MatchCase, around: Around): void {
  check(pattern, around);
  const names = captured(pattern),
    twice = names.find((n, i) => names.indexOf(n) !== i),
    { span } = guard ?? spanOf(pattern);
  if (twice !== undefined) refuse(span, `multiple assignments to name '${twice}' in pattern`);
  for (const name of names) bind(around, name, span);
  if (guard) checkExpression(guard, around);
}

function check(p: Pattern, around: Around): void {
  switch (p.kind) {
    case 'matchValue':
      if (p.value.kind === 'joined') refuse(p.value.span, 'patterns may only match literals and attribute lookups');
      return;
    case 'matchAs':
      if (p.pattern) check(p.pattern, around);
      return;
    case 'matchOr': {
      const [first, ...others] = p.patterns;
      for (const one of p.patterns) check(one, around);
      for (const one of p.patterns.slice(0, -1)) {
        const why = unreachable(one);
        if (why !== null) refuse(spanOf(p).span, why);
      }
      const wanted = first ? [...new Set(captured(first))].sort().join() : '';
      if (others.some(o => [...new Set(captured(o))].sort().join() !== wanted))
        refuse(spanOf(p).span, 'alternative patterns bind different names');
      return;
    }
    case 'matchSequence':
      for (const one of p.patterns) check(one, around);
      return;
    case 'matchMapping': {
      const texts = p.keys.map(k => (k.kind === 'constant' ? around.source.slice(k.span.start, k.span.end) : null)),
        values = p.keys.map(k =>
          k.kind === 'constant' ? JSON.stringify(k.value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v)) : null,
        ),
        twice = values.findIndex((v, i) => v !== null && values.indexOf(v) !== i);
      if (twice >= 0) refuse(spanOf(p).span, `mapping pattern checks duplicate key (${texts[twice] ?? ''})`);
      for (const one of p.patterns) check(one, around);
      return;
    }
    case 'matchClass': {
      const names = p.named.map(n => n.name),
        twice = names.find((n, i) => names.indexOf(n) !== i);
      if (twice !== undefined) refuse(p.type.span, `attribute name repeated in class pattern: ${twice}`);
      for (const one of [...p.patterns, ...p.named.map(n => n.pattern)]) check(one, around);
      return;
    }
    default:
  }
}

/** Why no pattern after this one is ever reached; null where one can be. */
export function unreachable(p: Pattern): string | null {
  if (p.kind === 'matchAs') {
    if (p.pattern) return unreachable(p.pattern);
    return p.name === null
      ? 'wildcard makes remaining patterns unreachable'
      : `name capture '${p.name}' makes remaining patterns unreachable`;
  }
  const last = p.kind === 'matchOr' ? p.patterns.at(-1) : undefined;
  return last ? unreachable(last) : null;
}

/** Patterns have no places of their own: that of the first expression in one. */
function spanOf(p: Pattern): { readonly span: { readonly start: number; readonly end: number; readonly line: number } } {
  if (p.kind === 'matchValue' || p.kind === 'matchIdentity') return p.value;
  if (p.kind === 'matchClass') return p.type;
  const [inner] = p.kind === 'matchAs' ? (p.pattern ? [p.pattern] : []) : 'patterns' in p ? p.patterns : [];
  return inner ? spanOf(inner) : { span: { start: 0, end: 0, line: 1 } };
}
