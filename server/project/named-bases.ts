/** What a config's text names as its bases, read without evaluating it: for an index of thousands of files. */

export type NamedBases =
  /** As written in `_base_`: paths, or `package::path`. */
  | { readonly kind: 'paths'; readonly written: readonly string[] }
  /** What `with read_base()` imports, with leading dots. */
  | { readonly kind: 'modules'; readonly written: readonly string[] }
  /** Computed: evaluation alone can tell. */
  | { readonly kind: 'computed' };

export function namedBases(path: string, text: string): NamedBases {
  if (path.endsWith('.json')) return inJson(text);
  if (!path.endsWith('.py')) return inYaml(text);
  const block = READ_BASE.exec(text);
  if (block) return { kind: 'modules', written: [...text.slice(block.index).matchAll(IMPORT)].map(found => found[1] ?? '') };
  // The last assignment counts, as in Python.
  const at = [...text.matchAll(ASSIGNMENT)].at(-1);
  return at ? strings(text, at.index + at[0].length) : NONE;
}

const NONE: NamedBases = { kind: 'paths', written: [] };
const COMPUTED: NamedBases = { kind: 'computed' };
const READ_BASE = /^with\s+read_base\s*\(\s*\)\s*:/m;
const IMPORT = /^[ \t]+from\s+(\.*[\w.]+)\s+import\b/gm;
const ASSIGNMENT = /^_base_\s*=(?!=)\s*/gm;

/** A text, or a display of texts. Whatever else is there has to be computed. */
function strings(text: string, from: number): NamedBases {
  const written: string[] = [];
  let depth = 0;
  let joins = false;
  for (let at = from; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) return COMPUTED;
    const [token, single, double] = found;
    const literal = single ?? double;
    if (literal !== undefined) {
      // Two texts side by side are one; an escape means another letter.
      if (joins || literal.includes('\\')) return COMPUTED;
      written.push(literal);
    } else if (token === '[' || token === '(') depth++;
    else if (token === ']' || token === ')') depth--;
    else if (token === '\n' && depth <= 0) break;
    else if (token !== ',') continue;
    joins = literal !== undefined;
  }
  return depth === 0 ? { kind: 'paths', written } : COMPUTED;
}
const TOKEN = /[ \t\r\\]+|#[^\n]*|'([^'\n]*)'|"([^"\n]*)"|[[\](),\n]/y;

function inJson(text: string): NamedBases {
  if (!text.includes('"_base_"')) return NONE;
  try {
    const value: unknown = JSON.parse(text);
    const bases = typeof value === 'object' && value !== null && '_base_' in value ? value._base_ : [];
    return { kind: 'paths', written: (Array.isArray(bases) ? bases : [bases]).filter(base => typeof base === 'string') };
  } catch {
    // Half typed: what it names is in it all the same.
    const at = /"_base_"\s*:\s*(\[[^\]]*\]|"[^"]*")/.exec(text)?.[1] ?? '';
    return { kind: 'paths', written: [...at.matchAll(/"([^"]*)"/g)].map(found => found[1] ?? '') };
  }
}

/** `_base_: a.yaml`, `_base_: [a.yaml, b.yaml]`, or a block of `- a.yaml`. */
function inYaml(text: string): NamedBases {
  const found = /^(?:_base_|"_base_"|'_base_')[ \t]*:[ \t]*(.*)((?:\r?\n[ \t]*(?:-[ \t].*|#.*)?)*)/m.exec(text);
  if (!found) return NONE;
  const [, inline = '', block = ''] = found;
  const items = inline.replace(/\s#.*$/, '').trim()
    ? inline
        .replace(/\s#.*$/, '')
        .replace(/^\[|\]\s*$/g, '')
        .split(',')
    : [...block.matchAll(/^[ \t]*-[ \t]+(.*?)(?:\s#.*)?\r?$/gm)].map(item => item[1] ?? '');
  return { kind: 'paths', written: items.map(item => item.trim().replace(/^(['"])(.*)\1$/, '$2')).filter(item => item !== '') };
}
