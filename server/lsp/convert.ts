/** The edge where sites become ranges, and what rules say becomes what an editor shows. */
import {
  type CodeAction,
  DiagnosticSeverity,
  type Location,
  type Diagnostic as LspDiagnostic,
  type Range,
  type TextEdit,
} from 'vscode-languageserver';
import type { Host } from '../project/host.ts';
import type { Site } from '../python/value.ts';
import type { Diagnostic, Fix, Severity } from '../rules/diagnostic.ts';
import { Lines } from '../text/lines.ts';
import type { Uris } from './uris.ts';

/** A diagnostic as an editor shows it, with the fixes that come with it. */
export interface Published {
  /** Of the file that it is told in, mostly the one that was asked about. */
  readonly uri: string;
  readonly diagnostic: LspDiagnostic;
  readonly fixes: readonly CodeAction[];
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export class Converter {
  readonly #host: Host;
  readonly #uris: Uris;
  readonly #lines = new Map<string, { readonly version: string | null; readonly lines: Lines }>();

  constructor(host: Host, uris: Uris) {
    this.#host = host;
    this.#uris = uris;
  }

  lines(file: string): Lines {
    const version = this.#host.version(file);
    const known = this.#lines.get(file);
    if (known && known.version === version) return known.lines;
    const lines = new Lines(this.#host.read(file) ?? '');
    this.#lines.set(file, { version, lines });
    return lines;
  }

  range(file: string, start: number, end: number): Range {
    const lines = this.lines(file);
    return { start: lines.position(start), end: lines.position(end) };
  }
  location(site: Site): Location {
    return { uri: this.#uris.uri(site.file), range: this.range(site.file, site.start, site.end) };
  }

  diagnostic(found: Diagnostic): Published {
    const diagnostic: LspDiagnostic = {
      range: this.range(found.site.file, found.site.start, found.site.end),
      severity: SEVERITY[found.severity],
      code: found.code,
      source: 'necktie',
      message: found.message,
      relatedInformation: found.related.map(r => ({ location: this.location(r.site), message: r.message })),
    };
    return { uri: this.#uris.uri(found.site.file), diagnostic, fixes: found.fixes.map(fix => this.action(fix, diagnostic)) };
  }

  action(fix: Fix, diagnostic: LspDiagnostic): CodeAction {
    const changes: Record<string, TextEdit[]> = {};
    for (const { file, start, end, text } of fix.edits) {
      (changes[this.#uris.uri(file)] ??= []).push({ range: this.range(file, start, end), newText: text });
    }
    return { title: fix.title, kind: 'quickfix', diagnostics: [diagnostic], isPreferred: fix.preferred, edit: { changes } };
  }
}
