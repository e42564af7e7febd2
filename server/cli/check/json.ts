/** A diagnostic as `check --format json` prints it; lines and columns from 0, as LSP has them. */
import type { Site } from '../../python/value.ts';
import type { Diagnostic, Severity } from '../../rules/diagnostic.ts';
import type { Position } from '../../text/lines.ts';
import type { Told } from './told.ts';

export interface JsonRange {
  readonly start: Position;
  readonly end: Position;
}
export interface JsonRecord {
  readonly file: string;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: JsonRange;
  readonly related: readonly { readonly file: string; readonly range: JsonRange; readonly message: string }[];
  /** Titles. */
  readonly fixes: readonly string[];
}

export function jsonRecord({ code, severity, message, site, related, fixes }: Diagnostic, told: Told): JsonRecord {
  return {
    file: told.name(site.file),
    code,
    severity,
    message,
    range: rangeOf(site, told),
    related: related.map(r => ({ file: told.name(r.site.file), range: rangeOf(r.site, told), message: r.message })),
    fixes: fixes.map(fix => fix.title),
  };
}

export function rangeOf(site: Site, told: Told): JsonRange {
  const lines = told.lines(site.file);
  return { start: lines.position(site.start), end: lines.position(site.end) };
}
