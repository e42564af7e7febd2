/** The categories of an annotation file in COCO's form, by a look at its two ends: such files have hundreds of megabytes, and say them first or last. */
import type { Host } from './host.ts';

/** Bytes at each end. */
const MOST = 2 ** 20;

/** Answers are kept until the file changes; null: not to be read so. */
export function annotationCategories(host: Host): (file: string) => readonly string[] | null {
  const known = new Map<string, { readonly version: string | null; readonly names: readonly string[] | null }>();
  return file => {
    const version = host.version(file);
    const before = known.get(file);
    if (before && before.version === version) return before.names;
    const ends = version === null ? null : (host.ends?.(file, MOST) ?? null);
    const names = ends && (namesIn(ends.tail) ?? namesIn(ends.head));
    known.set(file, { version, names });
    return names;
  };
}

/** From `"categories": [` on to the bracket that closes it. */
function namesIn(text: string): readonly string[] | null {
  const key = text.lastIndexOf('"categories"');
  const start = key < 0 ? -1 : text.indexOf('[', key);
  if (start < 0 || !/^\s*:\s*$/.test(text.slice(key + '"categories"'.length, start))) return null;
  const end = closing(text, start);
  if (end === null) return null;
  try {
    const categories: unknown = JSON.parse(text.slice(start, end + 1));
    const names = Array.isArray(categories) ? categories.map(nameOf) : [];
    return names.length && names.every(name => name !== null) ? names : null;
  } catch {
    return null;
  }
}

function closing(text: string, start: number): number | null {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (c === '"') {
      do i++;
      while (i < text.length && (text[i] !== '"' || isEscaped(text, i)));
    } else if (c === '[' || c === '{') depth++;
    else if ((c === ']' || c === '}') && --depth === 0) return i;
  }
  return null;
}
function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

const nameOf = (category: unknown): string | null =>
  typeof category === 'object' && category !== null && 'name' in category && typeof category.name === 'string' ? category.name : null;
