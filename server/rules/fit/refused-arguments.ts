/** Arguments that a constructor does not take, as its own TypeError names them, one at a time: what keeps them for another layer is known only by building it. */
import { originAt } from '../../config/origins.ts';
import { typedParts } from '../../recipe/typed-parts.ts';
import { removalOf } from '../removal.ts';
import type { Proof } from '../rule.ts';
import { takingNothingOver } from '../taking-nothing-over.ts';
import { inModel } from './blame.ts';
import type { Step } from './steps.ts';

/** Taken out where this file gives it; where a base gave it to another type, nothing is taken over from the base. */
export function refusedArguments(at: Proof, text: string): readonly Step[] {
  const { config, verdict } = at;
  const [failed] = verdict.mismatches,
    name = /unexpected keyword argument '(\w+)'/.exec(failed?.error.message ?? '')?.[1];
  const path = name === undefined ? undefined : failed?.blame.map(inModel).find(one => one.at(-1) === name);
  const origin = path && originAt(config, path);
  if (!path || !origin) return [];
  if (origin.key.file === config.file) {
    const edit = removalOf(text, config.file, origin.key.start, origin.value.end);
    return edit ? [{ title: `Remove ${name}`, edits: [edit], paths: [path] }] : [];
  }
  const around = JSON.stringify(path.slice(0, -1)),
    part = typedParts(at).find(one => JSON.stringify(one.path) === around);
  const fix = part?.site.file === config.file ? takingNothingOver(at, part) : null;
  return fix ? [{ title: fix.title, edits: fix.edits, paths: [path] }] : [];
}
