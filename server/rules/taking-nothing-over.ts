/** `_delete_=True` beside a type that was put in the place of a base's: what was meant for the other one is left out. */

import { onOneLine } from '../config/as-python.ts';
import { plain } from '../python/origin.ts';
import type { TypedPart } from '../recipe/typed-parts.ts';
import type { Fix } from './diagnostic.ts';
import type { ConfigContext } from './rule.ts';

/** Null where the type is not written as an argument of this file. */
export function takingNothingOver(context: ConfigContext, part: TypedPart): Fix | null {
  const { key } = part.origin;
  if (context.text(key.file)?.slice(key.start, key.end) !== 'type') return null;
  return {
    title: `Add _delete_=True: take nothing over from the base's ${baseType(context, part) ?? 'part'}`,
    edits: [{ file: key.file, start: key.start, end: key.start, text: '_delete_=True, ' }],
    preferred: true,
  };
}

/** Of what the base has, what the other type takes as well is said anew: of a part of the model, where the model runs with it. `taken`: names. */
export function takingWhatFits(context: ConfigContext, part: TypedPart, taken: readonly string[]): Fix | null {
  const deleting = takingNothingOver(context, part),
    { key, value } = part.origin;
  if (!deleting || part.path[0] !== 'model') return null;
  const kept = [...part.dict.entries.values()].flatMap(entry => {
    const name = plain(entry.key),
      from = entry.written?.key.file;
    const isKept = typeof name === 'string' && from !== undefined && from !== key.file && !name.startsWith('_') && taken.includes(name);
    return isKept ? [`${name}=${onOneLine(entry.value)}`] : [];
  });
  if (!kept.length || kept.some(text => text.includes('...')) || value.file !== key.file) return null;
  const isKeyword = context.text(key.file)?.[key.end] === '=';
  return isKeyword
    ? {
        title: `Add _delete_=True, and keep what ${part.type} takes of the base's ${baseType(context, part) ?? 'part'}`,
        edits: [...deleting.edits, { file: key.file, start: value.end, end: value.end, text: `, ${kept.join(', ')}` }],
        preferred: false,
        mustRun: 'farther',
      }
    : null;
}

/** The type that stood there before this file changed it. */
export function baseType(context: ConfigContext, { origin }: TypedPart): string | null {
  const before = origin.overrides;
  const text = before && context.text(before.value.file)?.slice(before.value.start, before.value.end);
  return text ? (/^(['"])([\w.]+)\1$/.exec(text)?.[2] ?? null) : null;
}
