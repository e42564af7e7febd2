/** Diagnostics as SARIF 2.1.0, for code scanning. */
import type { Site } from '../../python/value.ts';
import type { Diagnostic, Severity } from '../../rules/diagnostic.ts';
import type { Rule } from '../../rules/rule.ts';
import { rangeOf } from './json.ts';
import type { Told } from './told.ts';

const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'note', hint: 'note' };

export function sarifLog(found: readonly Diagnostic[], rules: readonly Rule[], told: Told): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Necktie',
            rules: rules.map(({ code, summary, severity }) => ({
              id: code,
              shortDescription: { text: summary },
              defaultConfiguration: { level: LEVEL[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: found.map(({ code, severity, message, site, related }) => ({
          ruleId: code,
          level: LEVEL[severity],
          message: { text: message },
          locations: [{ physicalLocation: physical(site, told) }],
          relatedLocations: related.map((r, id) => ({ id, message: { text: r.message }, physicalLocation: physical(r.site, told) })),
        })),
      },
    ],
  };
}

function physical(site: Site, told: Told): object {
  const { start, end } = rangeOf(site, told);
  const uri = told.name(site.file).split('/').map(encodeURIComponent).join('/');
  return {
    artifactLocation: { uri },
    region: { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 },
  };
}
