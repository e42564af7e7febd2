/** Where the parts of an import stand in its text: the tree tells only what they are. */
import type { Span, Statement } from './nodes.ts';

export interface ImportParts {
  /** `..models.resnet`. */
  readonly module: Span;
  /** Of `from … import`: `name` as the module has it, `alias` as this file does; one span where they are one. */
  readonly names: readonly { readonly name: string; readonly alias: string; readonly nameSpan: Span; readonly aliasSpan: Span }[];
}

export function importParts(text: string, { span, ...statement }: Statement<'import'> | Statement<'importFrom'>): ImportParts {
  // What a comment says is no name; offsets stay.
  const written = text.slice(span.start, span.end).replace(/#[^\n]*/g, comment => ' '.repeat(comment.length));
  const at = (start: number, length: number): Span => {
    const line = span.line + (written.slice(0, start).match(/\n/g)?.length ?? 0);
    return { start: span.start + start, end: span.start + start + length, line };
  };
  if (statement.kind === 'import') {
    const from = written.search(new RegExp(String.raw`(?<=[\s,])${statement.module.replaceAll('.', String.raw`\s*\.\s*`)}(?![\w.])`));
    return { module: at(Math.max(0, from), from < 0 ? 0 : statement.module.length), names: [] };
  }
  const head = /^from\s*([.\s\w]*?)\s*\bimport\b/.exec(written);
  if (!head) return { module: at(0, 0), names: [] };
  const [whole, module = ''] = head;
  const names = [...written.slice(whole.length).matchAll(/([^\W\d]\w*)(?:\s+as\s+([^\W\d]\w*))?/gu)].map(found => {
    const start = whole.length + found.index;
    const [all, name = '', alias] = found;
    const nameSpan = at(start, name.length);
    return {
      name,
      alias: alias ?? name,
      nameSpan,
      aliasSpan: alias === undefined ? nameSpan : at(start + all.length - alias.length, alias.length),
    };
  });
  return { module: at(whole.indexOf(module, 'from'.length), module.length), names };
}
