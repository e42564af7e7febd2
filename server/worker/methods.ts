/** What a worker answers, one function a request. Reads as a table; the work is in `features/`, `rules/` and `detect/`. */

import { isDict } from '../config/from-value.ts';
import { completionAt } from '../features/completion-at.ts';
import { definitionAt } from '../features/definition.ts';
import { hintsIn } from '../features/hints.ts';
import { hoverAt } from '../features/hover.ts';
import { lensesIn } from '../features/lenses.ts';
import { linksIn } from '../features/links.ts';
import { networkOf } from '../features/network.ts';
import { notCheckedIn } from '../features/not-checked.ts';
import { outlineOf } from '../features/outline.ts';
import { referencesAt } from '../features/references.ts';
import { resolvedText } from '../features/resolved-text.ts';
import { signatureAt } from '../features/signature.ts';
import { workspaceSymbols } from '../features/workspace-symbols.ts';
import { completionItem } from '../lsp/completion-items.ts';
import type { Converter } from '../lsp/convert.ts';
import { networkResult } from '../lsp/network.ts';
import { signatureHelp } from '../lsp/signature-help.ts';
import { symbol, workspaceSymbol } from '../lsp/symbols.ts';
import type { Project } from '../project/project.ts';
import { paced } from '../project/steps.ts';
import type { DetectProgress } from '../protocol.ts';
import { backboneList } from '../replace/backbone-list.ts';
import { measure } from '../replace/measure.ts';
import { isOnBackbone } from '../replace/on-backbone.ts';
import { replaceBackbone } from '../replace/replace-backbone.ts';
import type { Method, ModelProven, ParamsOf, ResultOf } from './messages.ts';
import type { OpenWorkplace } from './workplace.ts';

export interface Running {
  readonly signal: AbortSignal;
  readonly cancel: Int32Array;
  progress(progress: DetectProgress): void;
  /** Answers what was asked meanwhile. */
  pause(): Promise<void>;
}

const proven = (project: Project, converter: Converter, path: string): ModelProven => ({
  diagnostics: project.modelDiagnostics(path).map(d => converter.diagnostic(d)),
  config: project.withFixesThatRan(path).map(d => converter.diagnostic(d)),
});

type Methods = { readonly [M in Method]: (at: OpenWorkplace, params: ParamsOf<M>, running: Running) => ResultOf<M> | Promise<ResultOf<M>> };

export const METHODS: Methods = {
  diagnose({ project, converter, uris }, { path }) {
    if (!project.isConfig(path)) return null;
    const config = project.config(path);
    const faulty = [...new Set(config.problems.map(p => p.site.file))].filter(file => file !== path);
    return {
      hasModel: isDict(config.value.get('model')),
      published: project.configDiagnostics(path).map(d => converter.diagnostic(d)),
      faulty: faulty.map(file => ({ path: file, uri: uris.uri(file) })),
    };
  },
  model({ project, converter }, { path }) {
    if (!project.isConfig(path)) return null;
    const verdict = project.verdict(path);
    if (!verdict) return null;
    const diagnostics = project.unprovenDiagnostics(path).map(d => converter.diagnostic(d));
    // The names of a thousand parameters are of no use to an editor.
    return {
      verdict: { ...verdict, stateDict: null },
      sizes: project.ranSizes(path),
      diagnostics,
      proven: project.isProven(path) ? proven(project, converter, path) : null,
    };
  },
  proven: ({ project, converter }, { path }) => (project.isConfig(path) ? proven(project, converter, path) : null),
  network: ({ project, converter, uris }, { path, size }) => networkResult(networkOf(project, path, size), converter, uris),
  hover({ project, converter, uris }, { path, position, verdict, sizes }) {
    const found = hoverAt(
      project,
      path,
      converter.lines(path).offset(position),
      { verdict, sizes },
      site => `${uris.uri(site.file)}#L${site.line}`,
    );
    return found && { contents: { kind: 'markdown', value: found.text }, range: converter.range(path, found.start, found.end) };
  },
  definition({ project, converter }, { path, position }) {
    return definitionAt(project, path, converter.lines(path).offset(position)).map(site => converter.location(site));
  },
  async references({ project, converter }, { path, position, declaration }, { pause }) {
    const steps = referencesAt(project, path, converter.lines(path).offset(position), declaration);
    const sites = await paced(steps, async () => (await pause(), true));
    return (sites ?? []).map(site => converter.location(site));
  },
  signature({ project, converter }, { path, position }) {
    const found = project.isConfig(path) ? signatureAt(project, path, converter.lines(path).offset(position)) : null;
    return found && signatureHelp(found);
  },
  workspaceSymbols: ({ project, converter }, { query }) => workspaceSymbols(project, query).map(found => workspaceSymbol(found, converter)),
  symbols: ({ project, converter }, { path }) => outlineOf(project, path).map(item => symbol(item, path, converter)),
  notChecked: ({ project }, { path }) => notCheckedIn(project, path),
  resolved({ project, converter }, { path, bases }) {
    const found = resolvedText(project, path, bases);
    return found && { text: found.text, origins: found.origins.map(site => site && converter.location(site)) };
  },
  links({ project, converter, uris }, { path }) {
    return linksIn(project, path).map(({ start, end, target }) => ({ range: converter.range(path, start, end), target: uris.uri(target) }));
  },
  hints({ project, converter }, { path, verdict, sizes }) {
    return hintsIn(project, path, verdict, sizes).map(({ at, text, tooltip }) => ({
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
  fixes({ project, converter }, { path, range }) {
    if (!project.isConfig(path)) return [];
    const lines = converter.lines(path);
    const [start, end] = [lines.offset(range.start), lines.offset(range.end)];
    const told = project.configDiagnostics(path).filter(({ site }) => site.file === path && site.start <= end && site.end >= start);
    return project.withRightFixes(path, told).flatMap(one => converter.diagnostic(one).fixes);
  },
  onBackbone({ project, converter }, { path, range }) {
    const lines = converter.lines(path);
    return isOnBackbone(project, path, lines.offset(range.start), lines.offset(range.end));
  },
  backbones: ({ project }, { path }) => backboneList(project, path),
  measureBackbone: ({ project }, { path, type, set }) => measure(project, { file: path, type, set: new Map(Object.entries(set)) }),
  replaceBackbone({ project, converter, uris }, { path, type, set }) {
    const done = replaceBackbone(project, { file: path, type, set: new Map(Object.entries(set)) });
    if (done.kind === 'refused') return done;
    const { file, text, edits, levels, notes, verdict } = done;
    return {
      kind: 'replaced',
      uri: uris.uri(file),
      text,
      edits: edits?.map(edit => ({ range: converter.range(path, edit.start, edit.end), newText: edit.text })) ?? null,
      levels,
      notes,
      parameters: verdict.parameters,
      macs: verdict.macs,
    };
  },
  complete({ project, converter, offered }, { path, position, abilities }) {
    if (!project.isConfig(path)) return { isIncomplete: false, items: [] };
    const items = completionAt(project, path, converter.lines(path).offset(position));
    // Of thousands of types those are sent that fit the letters typed so far: with the next one it is asked for again.
    const isIncomplete = items.some(({ kind }) => kind === 'type');
    const list = offered.keep(items);
    return { isIncomplete, items: items.map((item, at) => completionItem(item, path, converter, abilities, { list, at })) };
  },
  completionDocumentation: ({ offered }, place) => offered.documentation(place),
  // Loaded when it is first asked for: the two other workers need none of it.
  detect: async ({ project }, params, running) => (await import('../detect/requests.ts')).detect(project, params, running),
  suppress: async ({ project }, params) => (await import('../detect/requests.ts')).suppress(project, params),
  validation: async ({ project }, params) => (await import('../detect/requests.ts')).validation(project, params),
  inspect: async ({ project }, params) => (await import('../detect/requests.ts')).inspected(project, params),
  evaluate: async ({ project }, params, running) => (await import('../detect/requests.ts')).evaluate(project, params, running),
};
