/** Where nothing of this file is to blame: the entry of `_base_` that leads to what is, in place of the file's first letter. */
import type { Site } from '../python/value.ts';
import type { Expression, Span } from '../syntax/nodes.ts';
import type { ConfigContext, Finding } from './rule.ts';

export function atBase(context: ConfigContext, finding: Finding): Finding {
  const { site, related = [] } = finding;
  if (site.end > 0 || site.file !== context.config.file) return finding;
  const bases = basesIn(context, site.file);
  const blamed = related[0]?.site.file;
  const base = bases.find(({ text }) => text !== null && blamed !== undefined && context.leads?.(text, blamed)) ?? bases[0];
  return base ? { ...finding, site: { ...spanOf(base.span), file: site.file, line: base.span.line } } : finding;
}

interface Base {
  readonly text: string | null;
  readonly span: Span;
}

function basesIn(context: ConfigContext, file: string): readonly Base[] {
  return (context.body(file) ?? []).flatMap((statement): readonly Base[] => {
    if (statement.kind === 'assign' && statement.targets.some(t => t.kind === 'name' && t.name === '_base_')) return texts(statement.value);
    return statement.kind === 'with'
      ? statement.body.flatMap(inner => (inner.kind === 'importFrom' ? [{ text: null, span: inner.span }] : []))
      : [];
  });
}

function texts(value: Expression): readonly Base[] {
  if (value.kind === 'constant' && typeof value.value === 'string') return [{ text: value.value, span: value.span }];
  return value.kind === 'list' || value.kind === 'tuple' ? value.items.flatMap(texts) : [];
}

const spanOf = ({ start, end }: Span): Pick<Site, 'start' | 'end'> => ({ start, end });
