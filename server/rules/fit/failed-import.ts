/** A module of the user's own that ends its import, told in its file, with what in the config imports it. */
import { customImports } from '../../config/custom-imports.ts';
import { originAt } from '../../config/origins.ts';
import type { ImportFailure, Mismatch } from '../../model/verdict.ts';
import type { Site } from '../../python/value.ts';
import type { Severity } from '../diagnostic.ts';
import type { Finding, ModelContext } from '../rule.ts';
import type { Place } from './blame.ts';
import { ownImport } from './own-code.ts';

/** Null where the failure is another, or a library's. */
export function failedImport(context: ModelContext, mismatch: Mismatch, place: Place): Finding | null {
  const { imported } = mismatch,
    found = ownImport(context, mismatch);
  if (!imported || !found) return null;
  const entry = entryOf(context, found.module),
    severity = SEVERITIES[imported.lacks ?? 'own'];
  return {
    site: found.site,
    message: `\`${found.module}\` cannot be imported: ${imported.type}${imported.message ? `: ${imported.message}` : ''}`,
    related: [entry ? { site: entry, message: 'the config imports it here' } : { site: place.site, message: 'the config builds it here' }],
    ...(severity !== 'error' && { severity }),
  };
}

/** A package that is not installed may be where the config is run; of sources that were laid out alone it may be another version. */
const SEVERITIES: Readonly<Record<NonNullable<ImportFailure['lacks']>, Severity>> = {
  own: 'error',
  installed: 'warning',
  'laid out': 'information',
};

/** Of `custom_imports`, what names the module, or another below its package. */
function entryOf({ config }: ModelContext, module: string): Site | null {
  const names = customImports(config) ?? [],
    path = ['custom_imports', 'imports'];
  const exact = names.indexOf(module),
    at = exact < 0 ? names.findIndex(name => name.startsWith(`${module}.`)) : exact;
  if (at < 0) return null;
  return (originAt(config, [...path, at]) ?? originAt(config, path))?.value ?? null;
}
