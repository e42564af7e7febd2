/** A base of the other style, or `_base_` in a config that an import above it makes a lazy one (mmengine 0.10.7, `Config._is_lazy_import`: the first of the two decides). */
import { isStandardModule } from '../config/standard-modules.ts';
import { namesIn } from '../syntax/bindings.ts';
import type { Block, Statement } from '../syntax/nodes.ts';
import { configProblem } from './config-problem.ts';
import type { Fix } from './diagnostic.ts';
import type { ConfigContext } from './rule.ts';

export const baseMixedStyle = configProblem('base-mixed-style', 'bases of text and lazy style do not mix', {
  message(problem, context) {
    const stray = strayImport(context);
    return stray && problem.site.file === context.config.file
      ? `The import in line ${stray.imported.span.line}, above \`_base_\`, makes this a config with lazy imports, which has no \`_base_\`: put \`_base_\` first, or take the import out\n${problem.message}`
      : problem.message;
  },
  fixes: (problem, context) => (problem.site.file === context.config.file ? fixesFor(context) : []),
});

type Import = Statement<'import'> | Statement<'importFrom'>;
interface Stray {
  readonly imported: Import;
  readonly base: Statement<'assign'>;
  readonly body: Block;
}

/** Null where `_base_` stands first, or is no plain assignment. */
function strayImport({ config, body }: ConfigContext): Stray | null {
  const statements = body(config.file) ?? [];
  const at = statements.findIndex(s => s.kind === 'assign' && s.targets.some(t => t.kind === 'name' && t.name === '_base_'));
  const base = statements[at];
  const above = statements.slice(0, Math.max(0, at)).filter(isImport);
  // Of Python's own library mmengine takes none for lazy, but for what a later Python has moved.
  const imported = above.find(s => !isStandardModule(s.module.split('.')[0] ?? '', OLDER)) ?? above[0];
  return base?.kind === 'assign' && imported ? { imported, base, body: statements } : null;
}
/** The last Python whose `os` and its like mmengine knows for the standard library's. */
const OLDER = 10;
const isImport = (s: Statement): s is Import => s.kind === 'import' || s.kind === 'importFrom';

/** What nobody uses is taken out; else `_base_` is put above it. */
function fixesFor(context: ConfigContext): readonly Fix[] {
  const { file } = context.config;
  const stray = strayImport(context);
  const text = context.text(file);
  if (!stray || text === null || !isPlain(stray.base)) return [];
  const above = stray.body.slice(0, stray.body.indexOf(stray.base)).filter(isImport);
  const read = namesIn(stray.body);
  const isUnused = above.every(s => namesOf(s).every(name => !read.has(name)));
  const gone = (s: Statement): { readonly file: string; readonly start: number; readonly end: number; readonly text: string } => {
    const end = text[s.span.end] === '\n' ? s.span.end + 1 : s.span.end;
    return { file, start: s.span.start, end, text: '' };
  };
  if (isUnused) {
    const title =
      above.length > 1 ? `Remove the ${above.length} imports` : `Remove ${text.slice(stray.imported.span.start, stray.imported.span.end)}`;
    return [{ title, edits: above.map(gone), preferred: true }];
  }
  const start = above[0]?.span.start ?? stray.imported.span.start;
  const base = `${text.slice(stray.base.span.start, stray.base.span.end)}\n`;
  return [{ title: 'Put _base_ above the import', edits: [{ file, start, end: start, text: base }, gone(stray.base)], preferred: true }];
}

/** It may stand anywhere: it reads no name. */
const isPlain = (base: Statement<'assign'>): boolean => namesIn([base]).size === 0;

const namesOf = (s: Import): readonly string[] =>
  s.kind === 'import' ? [s.alias ?? s.module.split('.')[0] ?? ''] : s.names.map(({ alias }) => alias);
