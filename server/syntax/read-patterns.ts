/** The patterns of `case` to ours. */
import type { Node } from 'web-tree-sitter';
import { span } from './later.ts';
import type { Expression, MatchCase, Pattern } from './nodes.ts';
import { Refused } from './parse.ts';
import { nameFrom } from './private-names.ts';
import { expression, field, named } from './read-expressions.ts';

export function matchCase(node: Node, body: MatchCase['body']): MatchCase {
  const patterns = named(node).filter(c => c.type === 'case_pattern'),
    [only] = patterns,
    guard = field(node, 'guard');
  const open = node.children.some(c => c?.type === ',') || patterns.some(isStar);
  const pattern = only && !open ? read(only) : sequence(patterns);
  return { pattern, guard: guard ? expression(named(guard)[0]) : null, body };
}
const isStar = (node: Node): boolean => named(node)[0]?.type === 'splat_pattern';

function read(node: Node): Pattern {
  switch (node.type) {
    case 'case_pattern':
      return whole(node.children.filter(c => c !== null));
    case 'as_pattern': {
      const [inner, name] = named(node);
      if (!inner || !name || name.text === '_') throw new Refused(node);
      return { kind: 'matchAs', pattern: read(inner), name: nameFrom(name.text) };
    }
    case 'dotted_name': {
      const [first, ...rest] = named(node);
      return first && !rest.length
        ? { kind: 'matchAs', pattern: null, name: first.text === '_' ? null : nameFrom(first.text) }
        : { kind: 'matchValue', value: dotted(node) };
    }
    case 'union_pattern':
      return { kind: 'matchOr', patterns: grouped(node).map(whole) };
    case 'tuple_pattern': {
      const items = named(node).filter(c => c.type === 'case_pattern'),
        [only] = items;
      return only && items.length === 1 && !node.children.some(c => c?.type === ',') && !isStar(only) ? read(only) : sequence(items);
    }
    case 'list_pattern':
      return sequence(named(node).filter(c => c.type === 'case_pattern'));
    case 'dict_pattern': {
      const star = named(node).find(c => c.type === 'splat_pattern'),
        keys = node.childrenForFieldName('key').filter(c => c !== null),
        values = node.childrenForFieldName('value').filter(c => c !== null);
      const plain = keys.filter(k => k.isNamed);
      if (plain.length !== keys.length) throw new Refused(node);
      if (star && (star.id !== named(node).at(-1)?.id || named(star)[0]?.text === undefined || named(star)[0]?.text === '_'))
        throw new Refused(star);
      return {
        kind: 'matchMapping',
        keys: plain.map(k => (k.type === 'dotted_name' ? dotted(k) : expression(k))),
        patterns: values.map(read),
        rest: star ? nameFrom(named(star)[0]?.text ?? '') : null,
      };
    }
    case 'class_pattern': {
      const [name, ...args] = named(node);
      if (!name) throw new Refused(node);
      const keywords = args.filter(a => named(a)[0]?.type === 'keyword_pattern');
      const first = args.findIndex(a => keywords.includes(a));
      if (first >= 0 && args.slice(first).some(a => !keywords.includes(a)))
        throw new Refused(node, 'positional patterns follow keyword patterns');
      return {
        kind: 'matchClass',
        type: dotted(name),
        patterns: args.filter(a => !keywords.includes(a)).map(read),
        named: keywords.map(a => {
          const keyword = named(a)[0] ?? a,
            [key] = named(keyword),
            rest = keyword.children.filter(c => c !== null).slice(2);
          return { name: key?.text ?? '', pattern: whole(rest) };
        }),
      };
    }
    case '_':
      return { kind: 'matchAs', pattern: null, name: null };
    case 'none':
    case 'true':
    case 'false':
      return { kind: 'matchIdentity', value: expression(node) };
    case 'complex_pattern':
      return { kind: 'matchValue', value: complex(node) };
    case 'splat_pattern':
      throw new Refused(node);
    default:
      return { kind: 'matchValue', value: expression(node) };
  }
}

/** What stands between two bars or commas: a pattern, with a minus before it or not. */
function whole(parts: readonly Node[]): Pattern {
  const [first, second] = parts;
  if (first?.type === '-' && second)
    return { kind: 'matchValue', value: { kind: 'unary', operator: '-', operand: expression(second), span: span(first) } };
  const found = parts.find(p => p.isNamed) ?? first;
  if (!found) return { kind: 'matchAs', pattern: null, name: null };
  return read(found);
}
function grouped(node: Node): Node[][] {
  const out: Node[][] = [[]];
  for (const child of node.children) {
    if (child?.type === '|') out.push([]);
    else if (child) out.at(-1)?.push(child);
  }
  return out;
}
function sequence(items: readonly Node[]): Pattern {
  const at = items.findIndex(isStar),
    star = items[at] && named(items[at])[0];
  if (items.filter(isStar).length > 1) throw new Refused(items[at] ?? items[0]!);
  const name = star ? nameFrom(named(star)[0]?.text ?? '_') : null;
  return {
    kind: 'matchSequence',
    patterns: items.filter(i => !isStar(i)).map(read),
    star: star ? at : null,
    rest: name === '_' ? null : name,
  };
}
function dotted(node: Node): Expression {
  const [first, ...rest] = node.type === 'dotted_name' ? named(node) : [node];
  const place = span(node);
  return rest.reduce<Expression>((object, part) => ({ kind: 'attribute', object, name: nameFrom(part.text), span: place }), {
    kind: 'name',
    name: nameFrom(first?.text ?? ''),
    span: place,
  });
}
/** `-1 + 2j`. */
function complex(node: Node): Expression {
  const place = span(node);
  let out: Expression | null = null,
    sign = '+';
  for (const child of node.children) {
    if (!child) continue;
    if (!child.isNamed) {
      sign = child.type;
      continue;
    }
    const value = expression(child);
    if (!out) out = sign === '-' ? { kind: 'unary', operator: '-', operand: value, span: place } : value;
    else out = { kind: 'binary', operator: sign === '-' ? '-' : '+', left: out, right: value, span: place };
    sign = '+';
  }
  return out ?? expression(node);
}
