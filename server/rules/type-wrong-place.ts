/** A type that is registered, and not for this place: of another registry, or of another part of a model. */

import { basesAreWhole } from '../config/whole.ts';
import { importsAreKnown, lookupPart, misplaced } from '../recipe/part-types.ts';
import { type TypedPart, typedParts } from '../recipe/typed-parts.ts';
import type { Entry } from '../registry/entry.ts';
import type { PlaceKind } from '../registry/place.ts';
import { distinct } from './distinct.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

export const typeWrongPlace: ConfigRule = {
  code: 'type-wrong-place',
  severity: 'error',
  summary: 'a type that does not belong where it stands',
  needs: 'config',
  check(context) {
    if (!basesAreWhole(context.config) || !importsAreKnown(context)) return [];
    return distinct(typedParts(context).flatMap(part => checkPart(context, part)));
  },
};

function checkPart(context: ConfigContext, part: TypedPart): readonly Finding[] {
  const { type, place } = part;
  const found = lookupPart(context, part);
  if (found.kind !== 'found') return [];
  const { entry } = found;
  const refused = misplaced(context, part);
  // Mostly all is in its place.
  if (refused === null && entry.registry === place.registry && (place.role === null || entry.role === place.role)) return [];
  const { site } = part;
  if (site.file !== context.config.file) return [];
  if (refused !== null)
    return [{ site, message: `\`${type}\` is ${a(told(entry.registry))}, and ${a(told(place.registry))} belongs here\n${refused}` }];
  const role = found.others.length === 0 && entry.registry === place.registry ? clash(context, entry, place) : null;
  return role === null
    ? []
    : [
        {
          site,
          severity: 'warning',
          message: `\`${type}\` is ${a(told(role))}, and ${a(told(place.role ?? ''))} belongs here`,
        },
      ];
}

/** Parts of a detector or classifier that cannot stand for each other. Where a library is at home tells which one a type is; a folder of the user's own may be named anyhow. */
function clash({ registry }: ConfigContext, entry: Entry, { role }: PlaceKind): string | null {
  if (role === null || entry.role === null || entry.role === role || !registry.libraries.has(entry.scope)) return null;
  // What is trained as a whole may be made of its own backbone.
  if (entry.role === 'detector' && !/\.(?:detectors|classifiers)\./.test(entry.target)) return null;
  return CLASHES[role]?.includes(entry.role) ? entry.role : null;
}
const CLASHES: Readonly<Record<string, readonly string[]>> = {
  backbone: ['neck', 'head', 'loss', 'detector', 'data_preprocessor', 'head_module'],
  neck: ['backbone', 'loss', 'detector', 'data_preprocessor', 'head_module'],
  head: ['backbone', 'neck', 'loss', 'detector', 'data_preprocessor', 'head_module'],
  detector: ['backbone', 'neck', 'head', 'loss', 'data_preprocessor', 'head_module'],
  loss: ['backbone', 'neck', 'head', 'detector', 'data_preprocessor', 'head_module'],
  data_preprocessor: ['backbone', 'neck', 'head', 'loss', 'detector', 'head_module'],
};

const told = (role: string): string => role.replaceAll('_', ' ');
const a = (word: string): string => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`;
