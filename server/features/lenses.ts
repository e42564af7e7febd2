/** Above `model`: the verdict, and what can be run. */
import { originAt } from '../config/origins.ts';
import type { Verdict } from '../model/verdict.ts';
import type { Project } from '../project/project.ts';

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
  const words = verdict ? verdictText(verdict) : null;
  return [
    ...(words === null ? [] : [{ at, title: words, command: null }]),
    { at, title: '$(play) Run Detection', command: 'necktie.detect' },
  ];
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
  const size = [
    verdict.parameters === null ? null : `${(verdict.parameters / 1e6).toFixed(2)} M parameters`,
    verdict.macs === null ? null : `${(verdict.macs / 1e9).toFixed(2)} G MACs`,
  ];
  return ['$(check) every level fits', ...size.filter(s => s !== null)].join(', ');
}
