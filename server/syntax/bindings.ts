/** Names in a config's statements: where each is bound, where it is read, and which of the bindings a reading means. */
import type { Block, Span } from './nodes.ts';

export interface Binding {
  readonly name: string;
  readonly span: Span;
  /** A comprehension, lambda or function that keeps it to itself; null: the file's own. */
  readonly scope: Span | null;
}
export interface NameUse {
  readonly name: string;
  readonly span: Span;
}
export interface Bindings {
  readonly bindings: readonly Binding[];
  readonly uses: readonly NameUse[];
}

export function bindingsIn(body: Block): Bindings {
  const bindings: Binding[] = [];
  const uses: NameUse[] = [];
  const walk = (node: unknown, scope: Span | null, binds: boolean): void => {
    if (Array.isArray(node)) {
      for (const one of node) walk(one, scope, binds);
      return;
    }
    if (!isNode(node)) {
      if (typeof node === 'object' && node !== null) for (const child of Object.values(node)) walk(child, scope, binds);
      return;
    }
    if (node.kind === 'constant') return;
    const name = 'name' in node && typeof node.name === 'string' ? node.name : null;
    if (node.kind === 'name' && name !== null) {
      if (binds) bindings.push({ name, span: node.span, scope });
      else uses.push({ name, span: node.span });
      return;
    }
    if ((node.kind === 'function' || node.kind === 'class' || node.kind === 'named') && name !== null)
      bindings.push({ name, span: node.span, scope });
    const own = OWN_SCOPE.has(node.kind) ? node.span : scope;
    for (const [key, child] of Object.entries(node)) {
      if (key === 'kind' || key === 'span') continue;
      const isTarget = (key === 'target' || key === 'targets') && node.kind !== 'augment';
      // Of a target that is no name, what is read is read: `a` and `i` in `a[i] = 1`.
      walk(child, own, isTarget || (binds && PARTS_OF_TARGETS.has(node.kind)));
    }
  };
  walk(body, null, false);
  return { bindings, uses };
}

/** Names that statements read. */
export const namesIn = (body: Block): ReadonlySet<string> => new Set(bindingsIn(body).uses.map(use => use.name));

/** Whether one of these statements of a text reads a name: where it does not stand in a statement's text, the statement does not. */
export function isReadIn(text: string, body: Block, name: string): boolean {
  /** Where the name stands next, looked for from there on. */
  let at = -1;
  let from = Infinity;
  for (const one of body) {
    const { start, end } = one.span;
    if (start < from || (at >= 0 && at < start)) {
      at = text.indexOf(name, start);
      from = start;
    }
    if (at >= 0 && at + name.length <= end && isReadBelow(one, name, false)) return true;
  }
  return false;
}

/** As `bindingsIn` tells bindings from uses, and no further than to the first use. */
function isReadBelow(node: unknown, name: string, binds: boolean): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) {
    for (const one of node) if (isReadBelow(one, name, binds)) return true;
    return false;
  }
  if (!isNode(node)) {
    for (const child of Object.values(node)) if (isReadBelow(child, name, binds)) return true;
    return false;
  }
  if (node.kind === 'constant') return false;
  if (node.kind === 'name' && 'name' in node && typeof node.name === 'string') return !binds && node.name === name;
  for (const [key, child] of Object.entries(node)) {
    if (typeof child !== 'object' || key === 'span') continue;
    const isTarget = (key === 'target' || key === 'targets') && node.kind !== 'augment';
    if (isReadBelow(child, name, isTarget || (binds && PARTS_OF_TARGETS.has(node.kind)))) return true;
  }
  return false;
}

const OWN_SCOPE = new Set(['comprehension', 'lambda', 'function']);
const PARTS_OF_TARGETS = new Set(['tuple', 'list', 'starred']);

/** Of the scopes around it the innermost, and there the last before it. Null: a builtin, a base's name, or none at all. */
export function bindingOf({ bindings }: Bindings, { name, span: at }: NameUse): Binding | null {
  const around = bindings.filter(b => b.name === name && (!b.scope || (b.scope.start <= at.start && at.end <= b.scope.end)));
  const size = ({ scope }: Binding): number => (scope ? scope.end - scope.start : Infinity);
  const smallest = Math.min(...around.map(size));
  const here = around.filter(b => size(b) === smallest);
  return (Number.isFinite(smallest) ? here[0] : here.findLast(b => b.span.start < at.start)) ?? null;
}

const isNode = (node: unknown): node is { readonly kind: string; readonly span: Span } =>
  typeof node === 'object' && node !== null && 'kind' in node && typeof node.kind === 'string' && 'span' in node;
