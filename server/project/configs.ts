/** Which files are configs, without evaluating them. */
import { isDataConfig, isDataFile } from './data-config.ts';
import type { Host } from './host.ts';

/** Folders that hold no config of the user's, and much else. */
const PASSED_BY = new Set([
  'node_modules',
  '__pycache__',
  '.git',
  '.venv',
  'venv',
  'site-packages',
  'work_dirs',
  'dist',
  'build',
  '.mim',
  '.ipynb_checkpoints',
]);

/**
 * Something that only a config says: bases by text or by import, or a part that a registry builds. `model = dict(` without a type is common in bases' overrides.
 */
const TELLS =
  /^_base_\s*=|^\s*with\s+read_base\s*\(\s*\)|^\w+\s*=\s*(?:dict\(\s*|\{\s*['"])(?:type\b|_delete_|_base_|_scope_)|^model\s*=\s*(?:dict\(|\{)|^default_scope\s*=/m;
/** What programs have, and configs now and then. */
const PROGRAM = /^(?:def|class|async\s+def|if\s+__name__)\b/m;
/** No program says so, whatever functions stand beside it. */
const SURELY = /^_base_\s*=\s*[[('"]|^\s*with\s+read_base\s*\(\s*\)|^default_scope\s*=\s*['"]/m;

/** `patterns`: the user's own, relative to `root`. Of a data file that inherits, its bases tell more: see `Project.isConfig`. */
export function isConfig(path: string, text: string, patterns: readonly string[], root: string): boolean {
  const inside = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  const isData = isDataFile(path);
  if (!isData && !path.endsWith('.py')) return false;
  if (patterns.some(pattern => globMatches(pattern, inside))) return true;
  if (isData) return isDataConfig(path, text);
  if (/(^|\/)__init__\.py$/.test(path)) return false;
  if (PROGRAM.test(text)) return SURELY.test(text);
  return TELLS.test(text) || (/(^|\/)configs?\//.test(inside) && /^\w+\s*=/m.test(text));
}

/** Every config in a folder and below it, sorted. */
export function findConfigs(host: Host, folder: string, patterns: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const path of walkConfigs(host, folder)) {
    const text = host.read(path);
    if (text !== null && isConfig(path, text, patterns, folder)) found.push(path);
  }
  return found;
}

/** Every file in a folder and below it that may be a config by its name and place, sorted; none is read. Data files count in a folder of configs alone. */
export function* walkConfigs(host: Host, folder: string, depth = 0): Generator<string, void> {
  for (const { name, kind } of host.list(folder)) {
    const path = `${folder}/${name}`;
    if (kind === 'folder') {
      // A link may lead back to where it stands.
      if (!PASSED_BY.has(name) && depth < DEEPEST) yield* walkConfigs(host, path, depth + 1);
    } else if (name.endsWith('.py') || (isDataFile(name) && IN_CONFIGS.test(path))) yield path;
  }
}
const DEEPEST = 24;
const IN_CONFIGS = /(^|\/)(?:configs?|_base_)\//;

/** `**` any folders, `*` and `?` within a name. */
export function globMatches(pattern: string, path: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]|\*\*\/?|\*|\?/g, found =>
    found === '**/' ? '(?:.*/)?' : found === '**' ? '.*' : found === '*' ? '[^/]*' : found === '?' ? '[^/]' : `\\${found}`,
  );
  return new RegExp(`^${source}$`).test(path);
}
