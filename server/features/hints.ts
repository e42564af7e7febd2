/** What the backbone and neck put out, beside them: `→ 512, 1024, 2048 at /8, /16, /32`; and the picture's size beside the steps that decide on it. */
import { originAt } from '../config/origins.ts';
import type { Part, Verdict } from '../model/verdict.ts';
import type { Project } from '../project/project.ts';
import type { RanSize } from '../recipe/sizes/ran-size.ts';
import { levelsTable, mapsOf } from './levels-table.ts';
import { sizeHints } from './size-hints.ts';

export interface Hint {
  readonly at: number;
  readonly text: string;
  readonly tooltip: string;
}

export function hintsIn(project: Project, file: string, verdict: Verdict | null, ran: readonly RanSize[]): readonly Hint[] {
  if (!project.isConfig(file)) return [];
  return [...outputHints(project, file, verdict), ...sizeHints(project, file, ran)];
}

function outputHints(project: Project, file: string, verdict: Verdict | null): readonly Hint[] {
  if (!verdict) return [];
  const config = project.config(file);
  return verdict.parts.flatMap(part => {
    const text = outputs(part);
    const origin = originAt(config, ['model', ...part.name.split('.')]);
    if (!text || origin?.key.file !== file || origin.value.file !== file) return [];
    // Behind the bracket that opens the part: its first line is what is seen of it.
    const whole = project.host.read(file) ?? '';
    const line = whole.indexOf('\n', origin.value.start);
    const at = line < 0 || line > origin.value.end ? origin.value.end : line;
    return [{ at, text, tooltip: `${sized(verdict)}${levelsTable(part) ?? ''}` }];
  });
}

const sized = ({ size: [width, height] }: Verdict): string => `at ${width} × ${height}\n\n`;

/** Editors cut hints at 43 characters. */
function outputs(part: Part): string | null {
  const shapes = mapsOf(part.outputs);
  const [vector] = shapes;
  if (shapes.length === 1 && vector?.length === 1) return `→ ${vector[0]}`;
  const maps = shapes.filter(shape => shape.length === 3);
  const strides = part.strides.map(s => `/${s}`).join(', ');
  const [only] = maps;
  if (!only || maps.length !== part.strides.length) return null;
  if (maps.length === 1) return `→ ${only.join(' × ')}, ${strides}`;
  return `→ ${maps.map(([channels]) => channels).join(', ')} at ${strides}`;
}
