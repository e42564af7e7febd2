/**
 * A type that a module of the workspace registers, and that this config does not import. A training script may import it, so it is no error: checked and traced like
 * any other, with a hint how the config would stand by itself.
 */
import { customImports, customImportsText } from '../config/custom-imports.ts';
import { originAt, valueAt } from '../config/origins.ts';
import { basesAreWhole } from '../config/whole.ts';
import { importsAreKnown, lookupPart } from '../recipe/part-types.ts';
import { typedParts } from '../recipe/typed-parts.ts';
import type { Entry } from '../registry/entry.ts';
import { assigned, assigns } from '../syntax/assigned.ts';
import type { Fix, Related } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

export const typeNeedsImport: ConfigRule = {
  code: 'type-needs-import',
  severity: 'hint',
  summary: 'a type of the workspace that the config does not import',
  needs: 'config',
  check(context) {
    if (!basesAreWhole(context.config) || !importsAreKnown(context)) return [];
    return distinct(
      typedParts(context).flatMap((part): Finding[] => {
        const site = part.site;
        const found = site.file === context.config.file ? lookupPart(context, part) : null;
        if (found?.kind !== 'found' || !found.sight) return [];
        const module = found.entry.source && context.moduleOf?.(found.entry.source.file);
        if (!module) return [];
        return [
          {
            site,
            message: `\`${part.type}\` is registered by \`${module}\`, which this config does not import: a run finds it only where its script does`,
            related: related(found.entry),
            fixes: fixFor(context, module),
          },
        ];
      }),
    );
  },
};

const related = ({ source }: Entry): readonly Related[] =>
  source ? [{ site: { file: source.file, start: 0, end: 0, line: source.line }, message: 'registered here' }] : [];

/** Adds it to the list that stands in this file, or writes one that keeps what the bases import. */
function fixFor(context: ConfigContext, module: string): readonly Fix[] {
  const { config } = context;
  const { file, style } = config;
  const text = context.text(file);
  const body = context.body(file);
  if (text === null || !body || style !== 'text') return [];
  const title = `Import ${module} (custom_imports)`;
  const list = originAt(config, ['custom_imports', 'imports'])?.value;
  const own = list?.file === file ? text.slice(list.start, list.end) : null;
  if (own !== null && list) {
    const inner = /^\[([\s\S]*?)(,?\s*)\]$/.exec(own);
    if (inner) {
      const at = list.start + 1 + (inner[1] ?? '').length;
      return [{ title, edits: [{ file, start: at, end: at, text: inner[1] ? `, '${module}'` : `'${module}'` }], preferred: true }];
    }
    if (/^(['"])[\w.]+\1$/.test(own))
      return [{ title, edits: [{ file, start: list.start, end: list.end, text: `[${own}, '${module}']` }], preferred: true }];
    return [];
  }
  if (assigned(body, 'custom_imports') || (valueAt(config, ['custom_imports']) !== undefined && customImports(config) === null)) return [];
  const after = body.findLast(s => assigns(s, '_base_') || assigns(s, 'default_scope'));
  const line = `custom_imports = ${customImportsText([...(customImports(config) ?? []), module])}`;
  const edit = after
    ? { file, start: after.span.end, end: after.span.end, text: `\n${line}` }
    : { file, start: body[0]?.span.start ?? 0, end: body[0]?.span.start ?? 0, text: `${line}\n` };
  return [{ title, edits: [edit], preferred: true }];
}
