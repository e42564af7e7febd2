/** Above `model`: the verdict, and what can be run. */
import { originAt } from '../config/origins.ts';
import type { ConfigPath } from '../config/resolved.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';

export interface Lens {
  readonly at: number;
  readonly title: string;
  /** Null: words alone. */
  readonly command: string | null;
}

export function lensesIn(project: Project, file: string, verdict: Verdict | null): readonly Lens[] {
  if (!project.isConfig(file)) return [];
  const origin = originAt(project.config(file), ['model']);
  if (!origin) return [];
  // A config whose model is its base's still has one: the lens is on the first line then.
  const at = origin.key.file === file ? origin.key.start : 0;
  const backbone = file.endsWith('.py') ? keyHere(project, file, ['model', 'backbone']) : null;
  const words = verdict && !isPartAlone(project, file, verdict) ? verdictText(verdict) : null;
  return [
    ...(words === null ? [] : [{ at, title: words, command: null }]),
    { at, title: '$(type-hierarchy-sub) Network', command: 'necktie.showNetwork' },
    { at, title: '$(play) Run Detection', command: 'necktie.detect' },
    ...(backbone ? [{ at: backbone.start, title: '$(arrow-swap) Replace Backbone…', command: 'necktie.replaceBackbone' }] : []),
  ];
}

/** Where the name is written by which this file says something of a part; null where it says nothing. */
function keyHere(project: Project, file: string, path: ConfigPath): Site | null {
  const origin = originAt(project.config(file), path);
  return origin?.key.file === file ? origin.key : null;
}

/** `_base_/models/x.py` says no scope of its own: whoever inherits from it does, and shows what comes of it. */
function isPartAlone(project: Project, file: string, { error }: Verdict): boolean {
  return project.config(file).value.get('default_scope') === undefined && / is not in the mmengine::/.test(error?.message ?? '');
}

function verdictText(verdict: Verdict): string {
  if (verdict.ok === null)
    return verdict.facts === null
      ? `$(question) not checked: ${verdict.unknown ?? 'not known'}`
      : `$(check) by bundled facts: ${verdict.facts}`;
  const misfits = verdict.mismatches.filter(m => m.kind === 'channels').length;
  if (!verdict.ok)
    return misfits
      ? `$(error) ${misfits} ${misfits === 1 ? 'level does' : 'levels do'} not fit`
      : `$(error) ${verdict.error?.type ?? 'the model fails'}`;
  const size = [verdict.parameters === null ? null : `${(verdict.parameters / 1e6).toFixed(2)} M parameters`, macsText(verdict)];
  const hasLevels = verdict.parts.some(part => part.strides.length > 1);
  return [hasLevels ? '$(check) every level fits' : '$(check) the model runs', ...size.filter(s => s !== null)].join(', ');
}

/** Of those parts alone that were run in a row: a second stage, a decoder and the like are not among them. */
function macsText({ macs, parts, parametersByPart, partsError }: Verdict): string | null {
  if (macs === null || !parts.length || partsError) return null;
  const names = parts.map(part => part.name);
  const others = Object.entries(parametersByPart).flatMap(([name, count]) => (count > 0 && !names.includes(name) ? [name] : []));
  const text = `${(macs / 1e9).toFixed(2)} G MACs`;
  if (!others.length) return text;
  return others.length === 1 ? `${text} without ${others[0]}` : `${text} in ${names.join(' and ')}`;
}
