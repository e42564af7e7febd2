/** Imports of a lazy config that fail when what they name is built (mmengine 0.10.7, `LazyObject.build`). What nothing of the config uses is never imported. */
import { LazyReference } from '../config/lazy-reference.ts';
import { isStandardModule } from '../config/standard-modules.ts';
import { plain } from '../python/origin.ts';
import type { ImportAnswer } from '../registry/import-search.ts';
import type { Span, Statement } from '../syntax/nodes.ts';
import type { Fix, Severity } from './diagnostic.ts';
import type { ConfigContext, Finding } from './rule.ts';
import { valuesOf } from './values-of.ts';

/** mmengine leaves the standard library's own imports as they are. */
const OLDEST = 10;

export function lazyImportsNotFound(context: ConfigContext): readonly Finding[] {
  const { config, body } = context;
  const used = new Set(
    valuesOf(config).flatMap(({ path, value }) => {
      const reference = plain(value);
      // At the top are the imported names themselves.
      return path.length > 1 && reference instanceof LazyReference ? [reference.dotted] : [];
    }),
  );
  const isUsed = (name: string): boolean => used.has(name) || [...used].some(other => other.startsWith(`${name}.`));
  return (body(config.file) ?? []).flatMap(statement => {
    if (statement.kind === 'importFrom' && !statement.star) return ofFrom(context, statement, isUsed);
    if (statement.kind !== 'import' || isStandardModule(statement.module, OLDEST)) return [];
    // All that is imported of a package is imported as soon as something of it is built.
    const name = statement.alias === null ? (statement.module.split('.')[0] ?? '') : statement.module;
    return isUsed(name) ? ofModule(context, statement, statement.module) : [];
  });
}

function ofFrom(context: ConfigContext, statement: Statement<'importFrom'>, isUsed: (name: string) => boolean): readonly Finding[] {
  const { module, names } = statement;
  const wanted = names.filter(({ name }) => isUsed(`${module}.${name}`));
  if (wanted.length === 0 || isStandardModule(module, OLDEST)) return [];
  if (module.startsWith('.')) {
    const says = `TypeError: the 'package' argument is required to perform a relative import for '${module}'`;
    return [found(context, statement, module, `Outside \`read_base()\` a relative import cannot be followed\n${says}`, 'error', null)];
  }
  const whole = ofModule(context, statement, module);
  if (whole.length > 0) return whole;
  const { imports } = context.registry;
  return wanted.flatMap(({ name }) =>
    imports.find(module, context.config.file).kind === 'found' && imports.lacks(module, name)
      ? [
          found(
            context,
            statement,
            name,
            `\`${module}\` has no \`${name}\`\nImportError: Failed to import ${name} from ${module}`,
            'error',
            null,
          ),
        ]
      : [],
  );
}

function ofModule(context: ConfigContext, statement: Statement, module: string): readonly Finding[] {
  const answer = context.registry.imports.find(module, context.config.file);
  const says = `ModuleNotFoundError: No module named '${module}'`;
  if (answer.kind === 'no module') {
    const what = answer.defines ? 'defines this, and it is no module' : 'is a module, and there is nothing to import in it';
    return [found(context, statement, module, `\`${answer.within}\` ${what}\n${says}; '${answer.within}' is not a package`, 'error', null)];
  }
  if (answer.kind !== 'absent' || isLeftOut(context, answer)) return [];
  const [near, ...more] = answer.near;
  const meant = near === undefined ? '' : `; did you mean \`${near}\`?`;
  const message = `There is no module \`${module}\` at hand${meant}\n${says}`;
  return [found(context, statement, module, message, 'warning', more.length === 0 ? (near ?? null) : null)];
}

/** Where not even PyTorch is at hand, the libraries' sources were laid out alone, and what else they are run with was not. */
function isLeftOut({ registry, config }: ConfigContext, { within, near }: Extract<ImportAnswer, { kind: 'absent' }>): boolean {
  return within === '' && near.length === 0 && registry.imports.find('torch', config.file).kind !== 'found';
}

/** At the name as the statement has it. */
function found(
  context: ConfigContext,
  statement: { readonly span: Span },
  name: string,
  message: string,
  severity: Severity,
  meant: string | null,
): Finding {
  const { file } = context.config;
  const text = context.text(file)?.slice(statement.span.start, statement.span.end) ?? '';
  const place = new RegExp(String.raw`(?<![\w.])${name.replaceAll('.', String.raw`\.`)}(?![\w.])`).exec(text);
  const start = statement.span.start + (place?.index ?? 0);
  const site = { file, line: statement.span.line, start, end: place ? start + name.length : statement.span.end };
  const fixes: readonly Fix[] =
    place && meant !== null ? [{ title: `Import ${meant}`, edits: [{ file, start, end: site.end, text: meant }], preferred: true }] : [];
  return { site, message, severity, fixes };
}
