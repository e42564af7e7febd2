/** Where an import in a config leads: its path to a file, a name of it to what that file binds. */
import { originAt } from '../config/origins.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import { type ImportParts, importParts } from '../syntax/import-parts.ts';
import type { Block, Span, Statement } from '../syntax/nodes.ts';
import { recover } from '../syntax/recover.ts';
import { exportedBy } from './exported-by.ts';
import { moduleFile } from './module-file.ts';

type Import = Statement<'import'> | Statement<'importFrom'>;

/** At a place in an import. Null: there is none, or nothing that it leads to. */
export function importDefinitionAt(project: Project, file: string, offset: number): Site | null {
  const text = project.host.read(file) ?? '';
  const covers = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const statement = importsIn(recover(project.configs.parse, text).body).find(({ span }) => covers(span));
  if (!statement) return null;
  const parts = importParts(text, statement);
  if (covers(parts.module)) return topOf(moduleFile(project, file, statement.module));
  const name = parts.names.find(({ nameSpan, aliasSpan }) => covers(nameSpan) || covers(aliasSpan));
  return name ? inModule(project, file, statement.module, name.name) : null;
}

/** Of a name that the file imports and does not bind itself. */
export function importDefinitionOf(project: Project, file: string, name: string): Site | null {
  const text = project.host.read(file) ?? '';
  for (const statement of importsIn(recover(project.configs.parse, text).body).toReversed()) {
    const found = bound(statement, importParts(text, statement), name);
    if (found === null) continue;
    return found === '' ? topOf(moduleFile(project, file, statement.module)) : inModule(project, file, statement.module, found);
  }
  return null;
}

/** What the name is called in the module; '' for the module itself. */
function bound(statement: Import, { names }: ImportParts, name: string): string | null {
  if (statement.kind === 'import') return (statement.alias ?? statement.module.split('.')[0]) === name ? '' : null;
  return names.find(({ alias }) => alias === name)?.name ?? null;
}

/** A base's key, through the bases of its own; else where a module's source defines the name, or what it imports from elsewhere by that name; else the module of that name; else the module. */
function inModule(project: Project, file: string, module: string, name: string): Site | null {
  const path = moduleFile(project, file, module);
  const inner = moduleFile(project, file, /^\.+$/.test(module) ? `${module}${name}` : `${module}.${name}`);
  if (path === null) return topOf(inner);
  if (project.isConfig(path)) {
    const key = originAt(project.config(path), [name])?.key;
    if (key) return key;
  }
  return exportedBy(project, path, name) ?? topOf(inner ?? path);
}

const importsIn = (body: Block): readonly Import[] =>
  body.flatMap((s): readonly Import[] =>
    s.kind === 'import' || s.kind === 'importFrom' ? [s] : s.kind === 'with' ? importsIn(s.body) : [],
  );
const topOf = (file: string | null): Site | null => (file === null ? null : { file, start: 0, end: 0, line: 1 });
