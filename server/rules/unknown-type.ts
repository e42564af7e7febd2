/** A type that no registry has that would be searched for it. Silent where one of them is not known to the end. */
import type { Fix } from './diagnostic.ts';
import type { ConfigRule, Finding } from './rule.ts';
import { distinct, importsAreKnown, lookupPart, type TypedPart, typedParts } from './typed-parts.ts';
import { basesAreWhole } from './values-of.ts';

const MOST_FIXES = 3;

export const unknownType: ConfigRule = {
  code: 'unknown-type',
  severity: 'error',
  summary: 'a type that is in no registry',
  needs: 'config',
  check(context) {
    // A base that could not be read may import what registers it.
    if (!basesAreWhole(context.config) || !importsAreKnown(context)) return [];
    const found = typedParts(context).flatMap((part): Finding[] => {
      const site = part.origin.value;
      if (site.file !== context.config.file) return [];
      const answer = lookupPart(context, part);
      if (answer.kind !== 'missing') return [];
      // What stands there may be computed: only a plain text is replaced.
      const written = context.text(site.file)?.slice(site.start, site.end) ?? '';
      return [
        {
          site,
          message: tell(part, answer.near, answer.message),
          fixes: fixesFor(site.file, site.start, site.end, written, part, answer.near),
        },
      ];
    });
    return distinct(found);
  },
};

function tell({ type, scope, place }: TypedPart, near: readonly string[], message: string): string {
  const meant =
    near.length > 0
      ? `; did you mean ${near
          .slice(0, MOST_FIXES)
          .map(name => `\`${name}\``)
          .join(', ')}?`
      : '';
  const what = place.role && place.role !== place.registry ? place.role.replaceAll('_', ' ') : place.registry;
  return `There is no ${what} \`${type}\` under ${scope}${meant}\n${message}`;
}

function fixesFor(file: string, start: number, end: number, written: string, { type }: TypedPart, near: readonly string[]): readonly Fix[] {
  const quote = written[0] ?? '';
  if (written !== `${quote}${type}${quote}`) return [];
  return near.slice(0, MOST_FIXES).map((name, i) => ({
    title: `Change ${type} to ${name}`,
    edits: [{ file, start, end, text: `${quote}${name}${quote}` }],
    preferred: i === 0,
  }));
}
