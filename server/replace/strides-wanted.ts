/** At which strides a config's neck takes its levels. */

import { numbersFrom } from '../config/from-value.ts';
import { valueAt } from '../config/origins.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import { declaredStrides } from '../rules/fit/declared-strides.ts';
import { neckPath } from './fit-parts.ts';
import { mapsOf } from './levels.ts';

/** Those that the backbone gave while all was well, here or in a base; else what the head was told. Null: neither is known. */
export function stridesWanted(project: Project, config: ResolvedConfig): readonly number[] | null {
  for (const file of [config.file, ...config.chain.filter(f => f !== config.file)]) {
    const verdict = project.verdict(file);
    const strides = verdict?.ok ? verdict.strides.backbone : undefined;
    if (strides?.length) return strides;
  }
  const declared = declaredStrides(config)?.strides,
    neck = neckPath(config),
    levels = neck ? numbersFrom(valueAt(config, ['model', ...neck, 'in_channels']))?.length : undefined;
  if (declared && (levels === undefined || declared.length === levels)) return declared;
  // What is behind it may be what is not known.
  const alone = levels === undefined ? [] : backboneStrides(project, config);
  return alone.length === levels ? alone : null;
}

function backboneStrides(project: Project, config: ResolvedConfig): readonly number[] {
  const answer = project.models?.backbone({ config, size: SIZE });
  const maps = answer?.kind === 'ran' ? mapsOf(answer.outputs, SIZE) : [];
  return typeof maps === 'string' ? [] : maps.map(map => map.stride);
}
/** Divided by every usual stride. */
const SIZE = [256, 256] as const;
