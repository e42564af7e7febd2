/** tree-sitter's strings to ours: plain ones, bytes, and f-strings with what stands in their braces. */
import type { Node } from 'web-tree-sitter';
import { span } from './later.ts';
import { badEscape, splitString, unescaped } from './literals.ts';
import type { Expression, Interpolation } from './nodes.ts';
import { Refused } from './parse.ts';
import { expression, field, named, unsupported } from './read-expressions.ts';

export function string(node: Node): Expression {
  const whole = splitString(node.text);
  if (!whole) return unsupported(node, 'this string');
  const bad = whole.prefix.includes('r') ? null : badEscape(whole.body, !whole.prefix.includes('b'));
  if (bad !== null) throw new Refused(node, bad);
  if (whole.prefix.includes('b') && /[^\0-\x7f]/.test(whole.body)) throw new Refused(node);
  if (whole.prefix.includes('u') && whole.prefix.length > 1) throw new Refused(node);
  if (whole.prefix.includes('b'))
    return { kind: 'constant', value: { bytes: whole.prefix.includes('r') ? whole.body : unescaped(whole.body, false) }, span: span(node) };
  // Python reads a file's line ends as one character each, whatever they are.
  const raw = whole.prefix.includes('r'),
    text = (s: string) => (raw ? newlines(s) : unescaped(newlines(s)));
  if (!raw && /(?:^|[^\\])(?:\\\\)*\\N\{/.test(whole.body)) return unsupported(node, 'a character by its name');
  if (!whole.prefix.includes('f')) return { kind: 'constant', value: text(whole.body), span: span(node) };
  return {
    kind: 'joined',
    parts: parts(node, node.startIndex + whole.prefix.length + whole.quote.length, node.endIndex - whole.quote.length, text),
    span: span(node),
  };
}

const newlines = (s: string): string => (s.includes('\r') ? s.replace(/\r\n?/g, '\n') : s);

/** `=5` of `{x:=5}`. */
function equalsFormat(node: Node, from: number): string {
  const format = /^\s*:(.*)\}$/s.exec(node.text.slice(from))?.[1];
  if (format === undefined || /[{}\\]/.test(format)) throw new Refused(node, 'f-string: invalid syntax');
  return format;
}

/** Text and interpolations between two offsets of an f-string, or of a format specifier within one. */
function parts(node: Node, from: number, to: number, text: (s: string) => string): (string | Interpolation)[] {
  const out: (string | Interpolation)[] = [],
    source = node.text,
    base = node.startIndex;
  let at = from;
  const plain = (end: number) => {
    if (end > at)
      out.push(
        text(
          source
            .slice(at - base, end - base)
            .replace(/\{\{/g, '{')
            .replace(/\}\}/g, '}'),
        ),
      );
  };
  for (const c of named(node)) {
    if (c.type !== 'interpolation' && c.type !== 'format_expression') continue;
    plain(c.startIndex);
    at = c.endIndex;
    const children = named(c),
      whole = field(c, 'expression') ?? children[0],
      // What the grammar takes for a binding is a value and a format that begins with `=`.
      bound = whole?.type === 'named_expression' ? whole : null,
      value = bound ? field(bound, 'name') : whole,
      conversion = children.find(x => x.type === 'type_conversion')?.text.slice(1);
    if (conversion !== undefined && !/^[rsa]$/.test(conversion))
      throw new Refused(c, `f-string: invalid conversion character: expected 's', 'r', or 'a'`);
    const spec = children.find(x => x.type === 'format_specifier');
    // Its colon would begin a format.
    if (value?.type === 'lambda') throw new Refused(c, 'f-string: invalid syntax');
    const debug = c.children.some(x => x?.type === '=');
    if (debug && value)
      out.push(
        /^[\s\S]*?=\s*/
          .exec(c.text.slice(value.endIndex - c.startIndex))?.[0]
          .replace(/^/, c.text.slice(1, value.endIndex - c.startIndex)) ?? '',
      );
    out.push({
      value: expression(value),
      conversion: conversion === 'r' || conversion === 's' || conversion === 'a' ? conversion : debug && !spec ? 'r' : '',
      spec: spec
        ? { kind: 'joined', parts: parts(spec, spec.startIndex + 1, spec.endIndex, text), span: span(spec) }
        : bound && value
          ? { kind: 'joined', parts: [equalsFormat(c, value.endIndex - c.startIndex)], span: span(bound) }
          : null,
    });
  }
  plain(to);
  return out;
}
