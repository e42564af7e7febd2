/** Where in the Python sources a registered type, or an argument of it, is defined. */
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import type { Entry, Parameter } from '../registry/entry.ts';
import { closing } from '../registry/scan/arguments.ts';
import { Lines } from '../text/lines.ts';

/** Null without the source: bundled facts have none. */
export function typeSource(project: Project, entry: Entry, parameter: Parameter | null = null): Site | null {
  const owner = parameter?.from ? (baseNamed(project, entry, parameter.from) ?? entry) : entry;
  if (!owner.source) return null;
  const { file, line } = owner.source;
  const text = project.host.read(file);
  if (text === null) return null;
  const lines = new Lines(text);
  const start = lines.start(line - 1);
  const site = (from: number, length: number): Site => ({ file, start: from, end: from + length, line: lines.position(from).line + 1 });
  const own = /^[ \t]*(?:class|def)[ \t]+(\w+)/m.exec(text.slice(start));
  const name = own ? site(start + own.index + own[0].length - (own[1]?.length ?? 0), own[1]?.length ?? 0) : site(start, 0);
  const at = parameter && parameterOffset(text, name.start, parameter.name);
  return at === null ? name : site(at, parameter?.name.length ?? 0);
}

/** `from` is a class's dotted name, or its bare one. */
function baseNamed(project: Project, entry: Entry, from: string): Entry | null {
  for (const name of from.includes('.') ? [from] : []) {
    const found = project.registry.lookup(name, entry.scope, null);
    if (found.kind === 'found' && found.entry.source) return found.entry;
  }
  return null;
}

/** In the signature of the class's `__init__`, or of the function itself. */
function parameterOffset(text: string, definition: number, name: string): number | null {
  const isFunction = /\bdef[ \t]+$/.test(text.slice(Math.max(0, definition - 12), definition));
  const rest = text.slice(definition);
  const end = /^(?:class|def|@)/m.exec(rest)?.index ?? rest.length;
  const open = isFunction ? rest.indexOf('(') : (/\bdef[ \t]+__init__[ \t]*(?=\()/.exec(rest.slice(0, end))?.index ?? -1);
  if (open < 0) return null;
  const from = rest.indexOf('(', open);
  const signature = rest.slice(from, closing(rest, from));
  const found = new RegExp(String.raw`[(,]\s*(?:#[^\n]*\n\s*)*(${name})\b`).exec(signature);
  return found ? definition + from + found.index + found[0].length - name.length : null;
}
