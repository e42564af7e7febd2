/** What Python itself would fail with when the config is read; and mmengine, for a name that it keeps for itself. */
import { isStandardModule } from '../config/standard-modules.ts';
import type { Site } from '../python/value.ts';
import type { Statement } from '../syntax/nodes.ts';
import { configProblem } from './config-problem.ts';
import type { ConfigContext } from './rule.ts';

export const evaluationError = configProblem('evaluation-error', 'Python fails when it reads the config', {
  message({ message, errorType, subject, site }, context) {
    if (subject !== undefined && message.includes('is reserved for config file'))
      return `mmengine keeps \`${subject}\` for itself: a config cannot set it. Name it otherwise.\n${message}`;
    // `LazyObject.__call__` raises it without a word.
    if (message === '' && errorType === 'RuntimeError') return called(site, context) ?? errorType;
    return message || errorType;
  },
});

/** A call of what is imported: in lazy style, an import binds a name that stands for the thing, and nothing is loaded. */
function called(site: Site, { text, body }: ConfigContext): string | null {
  const source = text(site.file) ?? '';
  const written = /^[^\W\d]\w*(?:\s*\.\s*\w+)*(?=\s*\()/u.exec(source.slice(site.start))?.[0].replace(/\s/g, '');
  const name = written?.split('.')[0];
  const from = (body(site.file) ?? []).findLast((s): s is Import => isImport(s) && binds(s, name ?? ''));
  if (written === undefined || !from) return null;
  const top = from.module.split('.')[0] ?? '';
  const why =
    `\`${written}(…)\` is not called: with lazy imports mmengine loads nothing of \`${top}\` while it reads a config, ` +
    `and \`${name}\` only stands for what is imported.`;
  const what = isStandardModule(top, OLDER)
    ? `From Python 3.11 on it takes \`${top}\` for a library like any other. Write the value itself, or \`{{ $NAME:default }}\` for an environment variable.`
    : `Where its registry is to build it, write \`dict(type=${written}, …)\`; else write the value itself.`;
  return `${why} ${what}\nRuntimeError`;
}

type Import = Statement<'import'> | Statement<'importFrom'>;
const isImport = (s: Statement): s is Import => s.kind === 'import' || s.kind === 'importFrom';
const binds = (s: Import, name: string): boolean =>
  s.kind === 'import' ? (s.alias ?? s.module.split('.')[0]) === name : s.names.some(({ alias }) => alias === name);
/** The last Python whose `os` and its like mmengine knows for the standard library's. */
const OLDER = 10;
