/**
 * What a config imports and Python would not find: `custom_imports`, before anything is built (mmengine 0.10.7, `import_modules_from_strings`), and what a lazy config
 * imports, once it is built (`LazyObject.build`). A dotted name that is merely not at hand is a warning: where the config is run, it may be.
 */
import { textFrom } from '../config/from-value.ts';
import { originAt, valueAt } from '../config/origins.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';
import type { ImportAnswer } from '../registry/import-search.ts';
import type { Severity } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import { lazyImportsNotFound } from './lazy-imports-not-found.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

const PATH = ['custom_imports'];
const TAKEN = ['imports', 'allow_failed_imports'];
const MOST_FIXES = 3;

export const importNotFound: ConfigRule = {
  code: 'import-not-found',
  severity: 'error',
  summary: 'an import of the config that Python would not find',
  needs: 'config',
  check(context) {
    // Of a lazy config mmengine reads no `custom_imports`.
    if (context.config.style === 'lazy') return distinct(lazyImportsNotFound(context));
    const written = plain(valueAt(context.config, PATH) ?? null);
    if (!isTrue(written)) return [];
    return distinct([...ofForm(context, written), ...ofNames(context, written)]);
  },
};

/** What the function cannot be called with. */
function ofForm(context: ConfigContext, written: Value): readonly Finding[] {
  if (!(written instanceof Dict)) {
    const says = 'import_modules_from_strings() argument after ** must be a mapping';
    return at(context, PATH, `\`custom_imports\` must be a dict: \`dict(imports=[…], allow_failed_imports=False)\`\nTypeError: ${says}`);
  }
  const keys = [...written.entries.values()].map(({ key }) => plain(key));
  const odd = keys.find(key => typeof key === 'string' && !TAKEN.includes(key));
  if (typeof odd === 'string') {
    const says = `import_modules_from_strings() got an unexpected keyword argument '${odd}'`;
    return at(
      context,
      [...PATH, odd],
      `\`custom_imports\` takes \`imports\` and \`allow_failed_imports\` alone\nTypeError: ${says}`,
      'key',
    );
  }
  if (!keys.includes('imports')) {
    const says = "import_modules_from_strings() missing 1 required positional argument: 'imports'";
    return at(context, PATH, `\`custom_imports\` names no \`imports\`\nTypeError: ${says}`, 'key');
  }
  const imports = plain(written.get('imports') ?? null);
  if (!isTrue(imports) || typeof imports === 'string' || imports instanceof List) return [];
  return at(context, [...PATH, 'imports'], 'The modules to import must be a list, or one name\nTypeError: custom_imports must be a list');
}

function ofNames(context: ConfigContext, written: Value): readonly Finding[] {
  const imports = written instanceof Dict ? plain(written.get('imports') ?? null) : null;
  const isOptional = written instanceof Dict && plain(written.get('allow_failed_imports') ?? null) === true;
  const path = [...PATH, 'imports'];
  const named: readonly { readonly name: string | undefined; readonly path: ConfigPath; readonly value: Value }[] =
    imports instanceof List
      ? imports.items.map((value, i) => ({ name: textFrom(value), path: [...path, i], value }))
      : [{ name: textFrom(imports ?? undefined), path, value: imports }];
  return named.flatMap(({ name, path: here, value }) => {
    if (name === undefined) {
      const type = imports instanceof List && !(plain(value) instanceof UnknownValue) ? plain(value) : undefined;
      return typeof type === 'number' || type === null ? at(context, here, 'This is no name of a module: it must be a text') : [];
    }
    return ofName(context, name, here, isOptional);
  });
}

function ofName(context: ConfigContext, name: string, path: ConfigPath, isOptional: boolean): readonly Finding[] {
  const { config, registry } = context;
  if (name === '')
    return path.length === PATH.length + 1 ? [] : at(context, path, 'This is no name of a module\nValueError: Empty module name');
  const answer = registry.imports.find(name, config.file);
  if (answer.kind === 'found') return [];
  const says = `ImportError: Failed to import ${name}`;
  const dotted = isPath(name) ? registry.imports.dottedOf(name, config.file) : null;
  if (name.startsWith('.')) {
    const relative = `TypeError: the 'package' argument is required to perform a relative import for '${name}'`;
    const meant =
      dotted ?? registry.imports.dottedOf(`./${name.replace(/^\.+/, '')}`.replaceAll('.', '/').replace('//', './'), config.file);
    return told(context, path, `\`${name}\` is relative: a module is named from where the run finds it\n${relative}`, 'error', meant);
  }
  if (isPath(name)) {
    const form = /[\\/]/.test(name) ? 'a path' : name.endsWith('.py') ? "a file's name" : 'no name of a module';
    return told(
      context,
      path,
      `\`${name}\` is ${form}: a module is named with dots, without \`.py\`\n${says}`,
      severity('error', isOptional),
      dotted,
    );
  }
  return ofDotted(context, name, path, answer, isOptional, says);
}

function ofDotted(
  context: ConfigContext,
  name: string,
  path: ConfigPath,
  answer: ImportAnswer,
  isOptional: boolean,
  says: string,
): readonly Finding[] {
  if (answer.kind === 'no module') {
    const rest = name.slice(answer.within.length + 1);
    const what = answer.defines
      ? `\`${rest}\` is defined in the module \`${answer.within}\`, and is none itself`
      : `\`${answer.within}\` is a module, and there is nothing to import in it`;
    return told(context, path, `${what}\n${says}`, severity('error', isOptional), answer.defines ? answer.within : null);
  }
  if (answer.kind !== 'absent') return [];
  const { within, near } = answer;
  const meant = near.slice(0, MOST_FIXES).map(other => `\`${other}\``);
  const where = within === '' ? 'neither beside the config, nor in the workspace or its environment' : `not in \`${within}\``;
  const message = `There is no module \`${name}\`: it is ${where}${meant.length ? `; did you mean ${meant.join(', ')}?` : ''}`;
  return told(context, path, `${message}\n${says}`, 'warning', near.length === 1 ? (near[0] ?? null) : null);
}

/** mmengine's word for what may fail: it warns, and goes on. */
const severity = (usual: Severity, isOptional: boolean): Severity => (isOptional ? 'warning' : usual);
/** What no dotted name has. */
const isPath = (name: string): boolean => /[\\/]|\.py$|^\s|\s$|\.\.|\.$/.test(name);
const isTrue = (value: Value): boolean =>
  !(value === null || value === false || value === '' || value === 0 || value instanceof UnknownValue) &&
  !(value instanceof List && value.items.length === 0) &&
  !(value instanceof Dict && value.entries.size === 0);

/** `meant`: what stands there in a config that is right, where that is sure. */
function told(context: ConfigContext, path: ConfigPath, message: string, level: Severity, meant: string | null): readonly Finding[] {
  return at(context, path, message).map(finding => {
    const { file, start, end } = finding.site;
    const written = context.text(file)?.slice(start, end) ?? '';
    const isPlain = meant !== null && /^(['"])[^'"\\\n]*\1$/.test(written);
    const edit = { file, start, end, text: `${written[0]}${meant}${written[0]}` };
    return { ...finding, severity: level, fixes: isPlain ? [{ title: `Import ${meant}`, edits: [edit], preferred: true }] : [] };
  });
}

/** In a base it is told of where that is open. */
function at({ config }: ConfigContext, path: ConfigPath, message: string, of: 'key' | 'value' = 'value'): readonly Finding[] {
  const site = originAt(config, path)?.[of];
  return site?.file === config.file ? [{ site, message }] : [];
}
