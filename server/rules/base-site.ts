/** Where a base is named in the open file: its entry of `_base_`, or its import under `read_base()`. */
import type { Site } from '../python/value.ts';
import { assigns, writtenTexts } from '../syntax/assigned.ts';
import type { Span } from '../syntax/nodes.ts';
import type { ConfigContext, Finding } from './rule.ts';

/** Where the base that leads to a file is named; else all of them. */
export function baseSite({ config: { file }, body, leads }: ConfigContext, there: string): Site {
  const name = there.slice(there.lastIndexOf('/') + 1);
  const stem = name.replace(/\.\w+$/, '');
  for (const statement of body(file) ?? []) {
    if (assigns(statement, '_base_')) {
      const entries = writtenTexts(statement.value);
      const entry = entries.find(e => leads?.(e.text, there)) ?? entries.find(e => e.text.endsWith(`/${name}`) || e.text === name);
      return { file, ...(entry?.span ?? statement.value.span) };
    }
    if (statement.kind === 'with') {
      const entry = statement.body.find(s => s.kind === 'importFrom' && s.module.split('.').at(-1) === stem);
      return { file, ...(entry ?? statement.manager).span };
    }
  }
  return { file, start: 0, end: 0, line: 1 };
}

/** Where nothing of this file is to blame: the base that is, in place of the file's first letter. */
export function atBase(context: ConfigContext, finding: Finding): Finding {
  const { site, related = [] } = finding;
  if (site.end > 0 || site.file !== context.config.file) return finding;
  const bases = basesIn(context, site.file);
  const blamed = related[0]?.site.file;
  const base = bases.find(({ text }) => text !== null && blamed !== undefined && context.leads?.(text, blamed)) ?? bases[0];
  return base ? { ...finding, site: { file: site.file, ...base.span } } : finding;
}

interface Base {
  readonly text: string | null;
  readonly span: Span;
}

function basesIn(context: ConfigContext, file: string): readonly Base[] {
  return (context.body(file) ?? []).flatMap((statement): readonly Base[] => {
    if (assigns(statement, '_base_')) return writtenTexts(statement.value);
    return statement.kind === 'with'
      ? statement.body.flatMap(inner => (inner.kind === 'importFrom' ? [{ text: null, span: inner.span }] : []))
      : [];
  });
}
