/** A config's network for the panel beside it: what it looks like, and what is wrong with it. */

import { isDict } from '../config/from-value.ts';
import { originAt, pathsAt } from '../config/origins.ts';
import { parsePath } from '../config/path.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Size } from '../model/input.ts';
import type { Verdict } from '../model/verdict.ts';
import type { NetworkDescription } from '../picture/description.ts';
import type { NetworkRun } from '../project/model-runs.ts';
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import type { Diagnostic } from '../rules/diagnostic.ts';

export type NetworkFound =
  | { readonly kind: 'network'; readonly network: NetworkDescription<Site>; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'unread'; readonly message: string; readonly site: Site | null }
  | { readonly kind: 'no-model' }
  | { readonly kind: 'no-config' };

/** `size`: null for the config's own. */
export function networkOf(project: Project, file: string, size: Size | null): NetworkFound {
  if (!project.isConfig(file)) return { kind: 'no-config' };
  const config = project.config(file),
    [problem] = config.problems;
  if (problem) return { kind: 'unread', message: `${problem.errorType}: ${problem.message}`, site: problem.site };
  if (!config.ok) return { kind: 'unread', message: config.unknowns[0]?.reason ?? 'part of the config is not known', site: null };
  if (!isDict(config.value.get('model'))) return { kind: 'no-model' };
  const run = project.network(file, size);
  if (!run) return { kind: 'no-model' };
  const found = project.modelDiagnostics(file).filter(({ severity }) => severity === 'error' || severity === 'warning');
  if (size && !isSame(run.network.size, size))
    return { kind: 'network', network: run.network, diagnostics: [...found, elsewhere(config, run, size)] };
  const isTold = run.verdict.ok !== false || found.some(({ severity }) => severity === 'error');
  return { kind: 'network', network: run.network, diagnostics: isTold ? found : [...found, ...otherwise(project, config, run.verdict)] };
}

/** What rules of the config say of the model, where those of the run are silent for it; else the failure itself. */
function otherwise(project: Project, config: ResolvedConfig, verdict: Verdict): readonly Diagnostic[] {
  const ofModel = project
    .configDiagnostics(config.file)
    .filter(({ severity, site }) => severity === 'error' && pathsAt(config, site.file, site.start).some(([first]) => first === 'model'));
  return ofModel.length ? project.withRightFixes(config.file, ofModel) : [plainly(config, verdict)];
}

const isSame = (a: Size, b: Size): boolean => a[0] === b[0] && a[1] === b[1];

/** At the size that was asked for it does not run; at its own it does. */
function elsewhere(config: ResolvedConfig, { verdict, network }: NetworkRun, [width, height]: Size): Diagnostic {
  const error = verdict.partsError;
  const [own, tall] = network.size;
  return {
    code: 'input-size',
    severity: 'information',
    message: `The model does not run at ${width} × ${height}. It is shown at ${own} × ${tall}, its own size.${error ? `\n${error.type}: ${error.message}` : ''}`,
    site: originAt(config, ['model'])?.key ?? { file: config.file, start: 0, end: 0, line: 1 },
    related: [],
    fixes: [],
  };
}

/** What no rule tells: it goes wrong at the size that was asked for alone, or the rule is off. */
function plainly(config: ResolvedConfig, { error, mismatches }: Verdict): Diagnostic {
  const where = error?.where?.split('.')[0];
  const blamed = parsePath(`model.${mismatches[0]?.blame[0] ?? where ?? ''}`) ?? [];
  const origin =
    originAt(config, blamed) ?? originAt(config, where === undefined ? ['model'] : ['model', where]) ?? originAt(config, ['model']);
  return {
    code: 'build-error',
    severity: 'error',
    message: `${error?.where ? `\`${error.where}\` fails: ` : ''}${error?.type ?? 'Error'}: ${error?.message || (error?.source ?? '')}`,
    site: origin?.value ?? { file: config.file, start: 0, end: 0, line: 1 },
    related: [],
    fixes: [],
  };
}
