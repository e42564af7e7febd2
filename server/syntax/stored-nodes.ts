/**
 * A module's nodes as lines of text, in ASCII: those of its own statements, then the bodies of its functions, a line each. Of a library's functions few are called: a body
 * is read when it is first asked for.
 */
import { ascii } from '../text/ascii.ts';
import type { Block, Statement } from './nodes.ts';
import { CHANGED } from './source-reader.ts';

/** A function whose body stands in a line of its own. */
type StoredFunction = Omit<Statement<'function'>, 'body'> & { readonly body: number };
type Stored = Statement | StoredFunction;

/** Null where a node holds what the text cannot (an infinite number), and where a body cannot be read any more. */
export function storedNodes(block: Block): readonly string[] | null {
  const lines: string[] = [];
  const keep = (nodes: Block): number => {
    const at = lines.push('') - 1;
    let big = false;
    const text = JSON.stringify(nodes, (_key, value: unknown): unknown => {
      if (typeof value === 'bigint') {
        big = true;
        return { [BIG]: `${value}` };
      }
      if ((typeof value === 'number' && !Number.isFinite(value)) || value === CHANGED) throw new Unstorable();
      return isFunction(value) ? { ...value, body: keep(value.body) } : value;
    });
    lines[at] = ascii(big ? MARKED + text : text);
    return at;
  };
  try {
    keep(block);
    return lines;
  } catch (e) {
    if (e instanceof Unstorable || e instanceof RangeError) return null;
    throw e;
  }
}

/** A line that `storedNodes` made, by its place, and nothing else. They are asked for again for every body; null where they cannot be had any more. */
export type Lines = (at: number) => string | null;

/** Null where the lines cannot be had. */
export function restoredNodes(lines: Lines, at = 0): Block | null {
  const line = lines(at);
  if (line === null) return null;
  const stored: readonly Stored[] = line.startsWith(MARKED) ? JSON.parse(line.slice(MARKED.length), big) : JSON.parse(line);
  return restored(stored, lines);
}

/** Functions stand in statements alone: expressions are not looked into. */
function restored(stored: readonly Stored[], lines: Lines): Block {
  const inside = (block: readonly Stored[]): Block => restored(block, lines);
  return stored.map((node): Statement => {
    switch (node.kind) {
      case 'function':
        return isStored(node) ? withBody(node, lines) : node;
      case 'class':
      case 'with':
        return { ...node, body: inside(node.body) };
      case 'if':
      case 'while':
      case 'for':
        return { ...node, body: inside(node.body), otherwise: inside(node.otherwise) };
      case 'try':
        return {
          ...node,
          body: inside(node.body),
          handlers: node.handlers.map(handler => ({ ...handler, body: inside(handler.body) })),
          otherwise: inside(node.otherwise),
          last: inside(node.last),
        };
      case 'match':
        return { ...node, cases: node.cases.map(one => ({ ...one, body: inside(one.body) })) };
      default:
        return node;
    }
  });
}

function withBody(node: StoredFunction, lines: Lines): Statement<'function'> {
  // See `source-reader.ts`.
  let body: WeakRef<Block> | null = null;
  return {
    ...node,
    get body() {
      let known = body?.deref();
      if (!known)
        body = new WeakRef((known = restoredNodes(lines, node.body) ?? [{ kind: 'unsupported', what: CHANGED, span: node.span }]));
      return known;
    },
  };
}

const BIG = 'bigint';
/** Before a line in which there is a large integer. */
const MARKED = 'n';

class Unstorable extends Error {}

function isFunction(value: unknown): value is Statement<'function'> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'function' && 'parameters' in value;
}
function isStored(node: Statement<'function'> | StoredFunction): node is StoredFunction {
  return typeof node.body === 'number';
}
function big(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && BIG in value && typeof value[BIG] === 'string' ? BigInt(value[BIG]) : value;
}
