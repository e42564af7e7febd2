/** What a worker answers, one function a request. Reads as a table; the work is in `features/`, `rules/` and `detect/`. */
import { basesOf } from '../features/base-values.ts';
import { completion } from '../features/completion.ts';
import { definitionAt } from '../features/definition.ts';
import { hintsIn } from '../features/hints.ts';
import { hoverAt } from '../features/hover.ts';
import { lensesIn } from '../features/lenses.ts';
import { linksIn } from '../features/links.ts';
import { outlineOf } from '../features/outline.ts';
import { referencesAt } from '../features/references.ts';
import { resolvedText } from '../features/resolved-text.ts';
import { completionItem } from '../lsp/completion-items.ts';
import { symbol } from '../lsp/symbols.ts';
import type { DetectProgress } from '../protocol.ts';
import type { Method, ParamsOf, ResultOf } from './messages.ts';
import type { OpenWorkplace } from './workplace.ts';

export interface Running {
  readonly signal: AbortSignal;
  readonly cancel: Int32Array;
  progress(progress: DetectProgress): void;
}

type Methods = { readonly [M in Method]: (at: OpenWorkplace, params: ParamsOf<M>, running: Running) => ResultOf<M> | Promise<ResultOf<M>> };

export const METHODS: Methods = {
  diagnose({ project, converter, uris }, { path }) {
    if (!project.isConfig(path)) return null;
    const faulty = [...new Set(project.config(path).problems.map(p => p.site.file))].filter(file => file !== path);
    return {
      published: project.configDiagnostics(path).map(d => converter.diagnostic(d)),
      faulty: faulty.map(file => ({ path: file, uri: uris.uri(file) })),
    };
  },
  model({ project, converter }, { path }) {
    if (!project.isConfig(path)) return null;
    const verdict = project.verdict(path);
    if (!verdict) return null;
    // The names of a thousand parameters are of no use to an editor.
    return { verdict: { ...verdict, stateDict: null }, diagnostics: project.modelDiagnostics(path).map(d => converter.diagnostic(d)) };
  },
  hover({ project, converter, uris }, { path, position, verdict }) {
    const found = hoverAt(project, path, converter.lines(path).offset(position), verdict, site => `${uris.uri(site.file)}#L${site.line}`);
    return found && { contents: { kind: 'markdown', value: found.text }, range: converter.range(path, found.start, found.end) };
  },
  definition({ project, converter }, { path, position }) {
    return definitionAt(project, path, converter.lines(path).offset(position)).map(site => converter.location(site));
  },
  references({ project, converter }, { path, position, declaration }) {
    const sites = referencesAt(project, path, converter.lines(path).offset(position), declaration);
    return sites.map(site => converter.location(site));
  },
  symbols: ({ project, converter }, { path }) => outlineOf(project, path).map(item => symbol(item, path, converter)),
  resolved({ project, converter }, { path, bases }) {
    const found = resolvedText(project, path, bases);
    return found && { text: found.text, origins: found.origins.map(site => site && converter.location(site)) };
  },
  links({ project, converter, uris }, { path }) {
    return linksIn(project, path).map(({ start, end, target }) => ({ range: converter.range(path, start, end), target: uris.uri(target) }));
  },
  hints({ project, converter }, { path, verdict }) {
    return hintsIn(project, path, verdict).map(({ at, text, tooltip }) => ({
      position: converter.range(path, at, at).start,
      label: text,
      tooltip,
      paddingLeft: true,
    }));
  },
  lenses({ project, converter, uris }, { path, verdict }) {
    return lensesIn(project, path, verdict).map(({ at, title, command }) => ({
      range: converter.range(path, at, at),
      command: { title, command: command ?? '', arguments: command ? [uris.uri(path)] : [] },
    }));
  },
  complete({ project, converter }, { path, position, snippets }) {
    const text = project.host.read(path);
    if (text === null || !project.isConfig(path)) return [];
    const offset = converter.lines(path).offset(position);
    const list = (folder: string) => project.host.list(folder);
    const configsOf = (library: string) => project.configsOf(library);
    const bases = () => basesOf(project, path).map(base => project.config(base));
    return completion({
      text,
      offset,
      config: project.readable(path),
      registry: project.registry,
      bases,
      file: path,
      list,
      configsOf,
    }).map(item => completionItem(item, path, converter, snippets));
  },
  // Loaded when it is first asked for: the two other workers need none of it.
  detect: async ({ project }, params, running) => (await import('../detect/detect.ts')).detect(project, params, running),
};
