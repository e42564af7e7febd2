/** An expression as text again: for annotations, which a program may ask for as they were written. Only what annotations are made of; else `…`. */
import type { Expression } from './nodes.ts';

export function unparse(e: Expression): string {
  switch (e.kind) {
    case 'name':
      return e.name;
    case 'attribute':
      return `${unparse(e.object)}.${e.name}`;
    case 'subscript':
      return `${unparse(e.object)}[${e.key.kind === 'tuple' && e.key.items.length ? e.key.items.map(unparse).join(', ') : unparse(e.key)}]`;
    case 'tuple':
      return `(${e.items.map(unparse).join(', ')}${e.items.length === 1 ? ',' : ''})`;
    case 'list':
      return `[${e.items.map(unparse).join(', ')}]`;
    case 'ellipsis':
      return '...';
    case 'binary':
      return `${unparse(e.left)} ${e.operator} ${unparse(e.right)}`;
    case 'call':
      return `${unparse(e.callee)}(${e.args.map(a => (a.kind === 'named' ? `${a.name}=` : a.kind === 'splat' ? '*' : a.kind === 'mapping' ? '**' : '') + unparse(a.value)).join(', ')})`;
    case 'constant': {
      const { value } = e;
      if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
      if (value === null) return 'None';
      if (typeof value === 'boolean') return value ? 'True' : 'False';
      return typeof value === 'object' ? ('float' in value ? String(value.float) : '…') : String(value);
    }
    default:
      return '…';
  }
}
