/** The outline, and the workspace's types, as an editor takes them. */
import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import type { OutlineItem } from '../features/outline-item.ts';
import type { WorkspaceSymbol } from '../features/workspace-symbols.ts';
import type { Converter } from './convert.ts';

const KINDS: Readonly<Record<OutlineItem['kind'], SymbolKind>> = {
  dict: SymbolKind.Object,
  list: SymbolKind.Array,
  text: SymbolKind.String,
  number: SymbolKind.Number,
  truth: SymbolKind.Boolean,
  nothing: SymbolKind.Null,
  other: SymbolKind.Variable,
};

export function symbol({ name, detail, kind, span, nameSpan, children }: OutlineItem, file: string, converter: Converter): DocumentSymbol {
  return {
    name,
    detail,
    kind: KINDS[kind],
    range: converter.range(file, span.start, span.end),
    selectionRange: converter.range(file, nameSpan.start, nameSpan.end),
    children: children.map(child => symbol(child, file, converter)),
  };
}

export const workspaceSymbol = ({ name, container, isFunction, site }: WorkspaceSymbol, converter: Converter): SymbolInformation => ({
  name,
  containerName: container,
  kind: isFunction ? SymbolKind.Function : SymbolKind.Class,
  location: converter.location(site),
});
