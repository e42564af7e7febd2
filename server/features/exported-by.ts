/** Where a name that a module exports is defined: in its own text, or in a module that it takes the name from, as packages' `__init__.py` do. */
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import { Lines } from '../text/lines.ts';
import { moduleFile } from './module-file.ts';

/** Null: nothing tells, or it is in a module that is not at hand. */
export function exportedBy(project: Project, file: string, name: string): Site | null {
  return definedIn(project, file, name, new Set());
}

function definedIn(project: Project, file: string, name: string, seen: Set<string>): Site | null {
  const key = `${file} ${name}`;
  if (seen.has(key) || seen.size > MOST) return null;
  seen.add(key);
  const text = project.host.read(file) ?? '';
  const own = new RegExp(String.raw`^(?:(?:async[ \t]+)?def[ \t]+|class[ \t]+)?(${name})\b(?=[ \t]*[=:(\[])`, 'm').exec(text);
  if (own) {
    const start = own.index + own[0].length - name.length;
    return { file, start, end: start + name.length, line: new Lines(text).position(start).line + 1 };
  }
  const stars: string[] = [];
  for (const [, module = '', several, one = ''] of text.matchAll(IMPORT)) {
    const names = (several ?? one).replace(/#[^\n]*/g, '').trim();
    if (names === '*') stars.push(module);
    const found = [...names.matchAll(NAME)].find(([, was, alias]) => (alias ?? was) === name);
    const was = found?.[1];
    if (was === undefined) continue;
    const from = moduleFile(project, file, module);
    const site = from === null ? null : definedIn(project, from, was, seen);
    if (site) return site;
    // The name is that of a module.
    const inner = moduleFile(project, file, /^\.+$/.test(module) ? `${module}${was}` : `${module}.${was}`);
    if (inner !== null) return { file: inner, start: 0, end: 0, line: 1 };
  }
  for (const module of stars) {
    const from = moduleFile(project, file, module);
    const site = from === null ? null : definedIn(project, from, name, seen);
    if (site) return site;
  }
  return null;
}

/** So many modules are looked through for one name. */
const MOST = 400;
const IMPORT = /^[ \t]*from[ \t]+([.\w]+)[ \t]+import[ \t]+(?:\(([^)]*)\)|([^\n(]+))/gm;
const NAME = /([^\W\d]\w*)(?:\s+as\s+([^\W\d]\w*))?/gu;
