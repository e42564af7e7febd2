/** What a backbone would give here and how large it is, before neck and head are looked at: for whoever chooses among many. */
import type { Project } from '../project/project.ts';
import type { Refused } from './backbone-type.ts';
import { chosenLevels, type Wish } from './chosen-levels.ts';
import { laid } from './laid.ts';
import type { Level } from './levels.ts';
import { overrideText } from './override-text.ts';

export interface Measured {
  readonly kind: 'measured';
  /** Those that would be taken, finest first. */
  readonly levels: readonly Level[];
  /** Of the backbone, with these levels; null where they are not known. */
  readonly parameters: number | null;
}

export function measure(project: Project, wish: Wish): Measured | Refused {
  const chosen = chosenLevels(project, wish);
  if (chosen.kind === 'refused') return chosen;
  const [choice] = chosen.choices;
  const ran =
    choice && laid(project, chosen.file, overrideText(choice.draft), config => project.models?.backbone({ config, size: chosen.size }));
  return { kind: 'measured', levels: choice?.levels ?? [], parameters: ran?.kind === 'ran' ? ran.parameters : null };
}
