/** Registered types by name, for "go to symbol in workspace": the workspace's own first, then the libraries'. */
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import { typeSource } from './type-source.ts';

export interface WorkspaceSymbol {
  readonly name: string;
  /** Its library and part: `mmdet · backbone`. */
  readonly container: string;
  readonly isFunction: boolean;
  readonly site: Site;
}

const MOST = 200;

/** `query`: letters of the name, in their order. */
export function workspaceSymbols(project: Project, query: string): readonly WorkspaceSymbol[] {
  const letters = [...query.toLowerCase().replace(/\s/g, '')];
  const matches = (name: string): boolean => {
    let at = 0;
    return letters.every(letter => (at = name.indexOf(letter, at) + 1) > 0);
  };
  const isOwn = (file: string): boolean => project.roots.some(root => file.startsWith(`${root}/`));
  const found = project.registry
    .candidates({ scope: 'mmengine', registry: null, role: null })
    .filter(({ entry, written }) => entry.source && matches(written.toLowerCase()))
    .map(({ entry }) => ({ entry, own: isOwn(entry.source?.file ?? ''), begins: entry.name.toLowerCase().startsWith(query.toLowerCase()) }))
    .sort((a, b) => Number(b.own) - Number(a.own) || Number(b.begins) - Number(a.begins) || a.entry.name.length - b.entry.name.length)
    .slice(0, MOST);
  return found.flatMap(({ entry }) => {
    const site = typeSource(project, entry);
    const container = [entry.scope, entry.role ?? entry.registry].join(' · ');
    return site ? [{ name: entry.name, container, isFunction: entry.kind === 'function', site }] : [];
  });
}
