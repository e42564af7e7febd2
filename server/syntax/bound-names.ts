/** Names that statements and patterns bind. */
import type { Block, Expression, Pattern, Statement } from './nodes.ts';

/** Names that a function's statements bind, for `nonlocal` further in. */
export function bound(s: Statement, names: Set<string>): void {
  const target = (t: Expression): void => {
    if (t.kind === 'name') names.add(t.name);
    else if (t.kind === 'tuple' || t.kind === 'list') t.items.forEach(target);
    else if (t.kind === 'starred') target(t.value);
  };
  const all = (...blocks: readonly Block[]): void => {
    for (const b of blocks) for (const inner of b) bound(inner, names);
  };
  walruses(s, names);
  switch (s.kind) {
    case 'assign':
      s.targets.forEach(target);
      return;
    case 'augment':
    case 'declare':
      target(s.target);
      return;
    case 'for':
      target(s.target);
      all(s.body, s.otherwise);
      return;
    case 'while':
    case 'if':
      all(s.body, s.otherwise);
      return;
    case 'with':
      if (s.target) target(s.target);
      all(s.body);
      return;
    case 'try':
      for (const h of s.handlers) if (h.name !== null) names.add(h.name);
      all(s.body, s.otherwise, s.last, ...s.handlers.map(h => h.body));
      return;
    case 'match':
      for (const c of s.cases) for (const n of captured(c.pattern)) names.add(n);
      all(...s.cases.map(c => c.body));
      return;
    case 'function':
    case 'class':
      names.add(s.binding ?? s.name);
      return;
    case 'import':
      names.add(s.alias ?? s.module.split('.')[0] ?? s.module);
      return;
    case 'importFrom':
      for (const n of s.names) names.add(n.alias);
      return;
    case 'nonlocal':
      for (const n of s.names) names.add(n);
      return;
    case 'delete':
      s.targets.forEach(target);
      return;
    default:
      return;
  }
}

/** What walruses in a statement's own expressions bind, those of comprehensions too. An argument by name has the shape of one. */
function walruses(node: object, names: Set<string>): void {
  for (const [field, child] of Object.entries(node) as [string, unknown][]) {
    if (typeof child !== 'object' || child === null) continue;
    if (field === 'args' && Array.isArray(child)) {
      for (const argument of child as { readonly value: object }[]) walruses({ value: argument.value }, names);
      continue;
    }
    const kind = 'kind' in child ? child.kind : null;
    if (kind === 'lambda' || kind === 'function' || kind === 'class') continue;
    if (kind === 'named' && 'name' in child) names.add(String(child.name));
    walruses(child, names);
  }
}

/** Names that a pattern binds; of several that are alternatives, those of the first. */
export function captured(p: Pattern): string[] {
  switch (p.kind) {
    case 'matchAs':
      return [...(p.pattern ? captured(p.pattern) : []), ...(p.name === null ? [] : [p.name])];
    case 'matchOr':
      return p.patterns[0] ? captured(p.patterns[0]) : [];
    case 'matchSequence':
    case 'matchMapping':
      return [...p.patterns.flatMap(captured), ...(p.rest === null ? [] : [p.rest])];
    case 'matchClass':
      return [...p.patterns.flatMap(captured), ...p.named.flatMap(n => captured(n.pattern))];
    default:
      return [];
  }
}
