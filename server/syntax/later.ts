/**
 * Bodies of functions are read when they are first asked for: of a library's functions few are called, and reading a tree costs more than parsing it. A body is
 * parsed again from its own text, so that no tree has to be kept.
 */
import type { Node, Parser } from 'web-tree-sitter';
import type { Block, Span } from './nodes.ts';
import { Refused } from './parse.ts';
import { classAround, inClass } from './private-names.ts';

/** What is being read: a text, and where it stands in the whole. */
interface Reading {
  readonly parser: Parser;
  readonly source: string;
  readonly start: number;
  readonly line: number;
}
let reading: Reading | null = null;

export function reads<T>(what: Reading, read: () => T): T {
  const outer = reading;
  reading = what;
  try {
    return read();
  } finally {
    reading = outer;
  }
}

export const span = (node: Node): Span => ({
  start: node.startIndex + (reading?.start ?? 0),
  end: node.endIndex + (reading?.start ?? 0),
  line: node.startPosition.row + 1 + (reading?.line ?? 0),
});

const UNREADABLE = 'a function that cannot be read alone';
/** Shorter ones are read at once. */
const SHORT = 160;

/** The body of a function's node, now or later. `read` gets that node, or the same one of a tree of its own. */
export function bodyLater(node: Node, read: (node: Node) => Block): () => Block {
  const whole = reading;
  if (!whole || node.endIndex - node.startIndex < SHORT) {
    const body = read(node);
    return () => body;
  }
  const text = whole.source.slice(node.startIndex, node.endIndex),
    place = span(node);
  const own: Reading = { parser: whole.parser, source: text, start: place.start, line: place.line - 1 };
  let body: Block | null = null;
  const owner = classAround();
  return () => (body ??= inClass(owner, () => readAlone(own, read)) ?? [{ kind: 'unsupported', what: UNREADABLE, span: place }]);
}

function readAlone(own: Reading, read: (node: Node) => Block): Block | null {
  const tree = own.parser.parse(own.source);
  if (!tree) return null;
  try {
    const root = tree.rootNode,
      found = root.hasError ? undefined : root.namedChildren.find(c => c?.type === 'function_definition');
    return found ? reads(own, () => read(found)) : null;
  } catch (e) {
    // What Python refuses is found too late here to be a syntax error, but for whoever looks through the whole.
    if (e instanceof Refused) return [{ kind: 'unsupported', what: UNREADABLE, refused: e.message, span: e.span }];
    throw e;
  } finally {
    tree.delete();
  }
}

/** What `read` makes of another text in a node's place. */
export function readAgain(node: Node, written: string, read: (root: Node) => Block): Block | null {
  const tree = reading?.parser.parse(written),
    { start, line } = span(node);
  if (!reading || !tree) return null;
  try {
    return tree.rootNode.hasError
      ? null
      : reads({ parser: reading.parser, source: written, start, line: line - 1 }, () => read(tree.rootNode));
  } finally {
    tree.delete();
  }
}
