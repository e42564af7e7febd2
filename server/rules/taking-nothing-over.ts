/** `_delete_=True` beside a type that was put in the place of a base's: what was meant for the other one is left out. */
import type { Fix } from './diagnostic.ts';
import type { ConfigContext } from './rule.ts';
import type { TypedPart } from './typed-parts.ts';

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

/** The type that stood there before this file changed it. */
export function baseType(context: ConfigContext, { origin }: TypedPart): string | null {
  const before = origin.overrides;
  const text = before && context.text(before.value.file)?.slice(before.value.start, before.value.end);
  return text ? (/^(['"])([\w.]+)\1$/.exec(text)?.[2] ?? null) : null;
}
