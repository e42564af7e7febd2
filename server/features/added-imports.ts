/** What accepting a type writes elsewhere in the file, so that it is there when the config is built: a module in `custom_imports`, or an import in lazy style. */
import { customImports, customImportsText } from '../config/custom-imports.ts';
import { isWithin } from '../registry/needed-import.ts';
import type { Insertion } from './completion-item.ts';
import { type CompletionRequest, importsIn } from './completion-surroundings.ts';

/** Null where nothing is to be written: none is needed, or the config has it. `written`: the type as the config names it. */
export function customImport({ text, config }: CompletionRequest, module: string | null, written: string): Insertion | null {
  if (module === null) return null;
  const own = /^custom_imports\s*=\s*(?:dict\(\s*imports\s*=|\{\s*['"]imports['"]\s*:)\s*([[(])([^\])]*)/m.exec(text);
  const inherited = config ? (customImports(config) ?? []) : [];
  const given = own ? [...own[2]!.matchAll(/['"]([\w.]+)['"]/g)].map(found => found[1]!) : inherited;
  if (given.some(imported => isWithin(module, imported))) return null;
  // A config that has other types of that library gets it in some way that is not ours to judge.
  const library = written.includes('.') ? `${written.slice(0, written.indexOf('.'))}.` : null;
  if (library && new RegExp(String.raw`['"]${library.replace('.', '\\.')}\w`).test(text.replace(`'${written}'`, ''))) return null;
  if (own) {
    const end = own.index + own[0].length;
    const items = own[2]!.trimEnd();
    const at = end - (own[2]!.length - items.length);
    const comma = items.trim() === '' ? '' : items.endsWith(',') ? ' ' : ', ';
    return { start: at, end: at, text: `${comma}'${module}'${own[1] === '(' && items.trim() === '' ? ',' : ''}` };
  }
  if (/^custom_imports\b/m.test(text)) return null;
  // A list takes the place of the base's: what that imports is said again.
  const at = afterBases(text);
  return { start: at, end: at, text: `custom_imports = ${customImportsText([...inherited, module])}\n` };
}

/** `target`: the class's dotted name. Null where the file has imported a class of this name. */
export function classImport(text: string, target: string): Insertion | null {
  const dot = target.lastIndexOf('.');
  const name = target.slice(dot + 1);
  if (dot < 0 || importsIn(text).has(name)) return null;
  const at = afterImports(text);
  return { start: at, end: at, text: `from ${target.slice(0, dot)} import ${name}\n` };
}

/** The line after `_base_`, else before the first statement. */
function afterBases(text: string): number {
  const base = /^_base_\s*=\s*(?:\[[^\]]*\]|\([^)]*\)|[^\n]*)[^\n]*\n?/m.exec(text);
  return base ? base.index + base[0].length : firstStatement(text);
}

/** The line after the last import at the top, else before the first statement. */
function afterImports(text: string): number {
  const imports = [...text.matchAll(/^(?:from[ \t]+[\w.]+[ \t]+import[ \t]+(?:\([^)]*\)|[^\n]+)|import[ \t]+[^\n]+)\n/gm)];
  const last = imports.at(-1);
  return last ? last.index + last[0].length : firstStatement(text);
}

function firstStatement(text: string): number {
  const before = /^(?:[ \t]*(?:#[^\n]*)?\n|[ \t]*("""|''')[\s\S]*?\1[ \t]*\n)*/.exec(text);
  return before?.[0].length ?? 0;
}
