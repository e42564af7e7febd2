/** Which modules of a workspace a config brings in: those that it names, and what they import in turn. Too many rather than too few: whatever is reached is not complained of. */
import type { Host } from '../project/host.ts';
import { absolute } from './scan/modules.ts';

export interface Reach {
  readonly host: Host;
  /** A dotted module's file; null where there is none, or none that is followed. */
  find(module: string): { readonly file: string; readonly package: boolean } | null;
}

/** Files that importing these modules runs. */
export function reachedFiles({ host, find }: Reach, modules: readonly string[]): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [...modules];
  const seen = new Set<string>();
  for (let module = waiting.pop(); module !== undefined; module = waiting.pop()) {
    if (seen.has(module)) continue;
    seen.add(module);
    const parent = module.slice(0, Math.max(0, module.lastIndexOf('.')));
    if (parent) waiting.push(parent);
    const place = find(module);
    if (!place) continue;
    reached.add(place.file);
    const text = host.read(place.file) ?? '';
    for (const name of importsIn(text)) waiting.push(absolute(name, module, place.package));
    // It imports what no reading tells: all that lies beside it, then.
    if (/\bimport_module\b|\b__import__\b|\bpkgutil\b|\bglob\b|\blistdir\b|\bscandir\b/.test(text)) {
      const folder = place.file.slice(0, place.file.lastIndexOf('/'));
      const around = place.package ? module : parent;
      for (const { name, kind } of host.list(folder)) {
        const stem = kind === 'folder' ? name : name.endsWith('.py') ? name.slice(0, -3) : '';
        if (/^[A-Za-z_]\w*$/.test(stem) && stem !== '__init__') waiting.push(around ? `${around}.${stem}` : stem);
      }
    }
  }
  return reached;
}

const IMPORT = /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)|import[ \t]+([^\n#]+))/gm;

/** Dotted names, relative ones as written; a name taken from a package may be a module of it. */
function importsIn(text: string): readonly string[] {
  return [...text.matchAll(IMPORT)].flatMap(([, from, names = '', plain = '']) => {
    if (from === undefined) return plain.split(',').flatMap(name => name.trim().split(/\s/)[0] || []);
    const taken = names
      .replace(/#.*$/gm, '')
      .replace(/[()\\]/g, ' ')
      .split(',')
      .flatMap(name => name.trim().split(/\s/)[0] || []);
    return [from, ...taken.filter(name => name !== '*').map(name => (from.endsWith('.') ? from + name : `${from}.${name}`))];
  });
}
