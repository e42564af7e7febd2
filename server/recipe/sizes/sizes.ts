/** The picture's size on its way through a pipeline: what is known of it behind each step. */
import { innerSteps, keysOfStep, type Types } from '../keys/flow.ts';
import type { Part } from '../part.ts';
import type { Pipeline } from '../pipelines.ts';
import { ANY, either, type SizeRange } from './size-range.ts';
import { stepSize } from './step-size.ts';

export interface Sized {
  readonly step: Part;
  readonly before: SizeRange;
  readonly after: SizeRange;
  /** Whether the step is one that decides on the size. */
  readonly decides: boolean;
}

export function sizesOf(types: Types, pipeline: Pipeline): readonly Sized[] {
  // Its records may come in shapes of their own, which letterboxes heed.
  if (!pipeline.isWhole || pipeline.sources.some(set => set.isGiven('batch_shapes_cfg'))) return [];
  return walk(types, [...pipeline.before, ...pipeline.steps], ANY).sized;
}

function walk(types: Types, steps: readonly Part[], from: SizeRange): { readonly sized: readonly Sized[]; readonly last: SizeRange } {
  const sized: Sized[] = [];
  let before = from;
  for (const step of steps) {
    const target = types.entryOf(step)?.target ?? '';
    const inner = innerSteps(types, step);
    if (inner) {
      const branches = inner.steps.map(branch => walk(types, branch, before));
      sized.push(...branches.flatMap(branch => branch.sized));
      const ends = branches.map(branch => branch.last);
      const [first = ANY, ...rest] = inner.always ? ends : [before, ...ends];
      before = rest.reduce(either, first);
      continue;
    }
    const of = stepSize(target);
    const after = of ? of(step, before) : keepsPicture(types, step) ? before : ANY;
    sized.push({ step, before, after, decides: after !== before });
    before = after;
  }
  return { sized, last: before };
}

/** What packs it has no picture behind it. */
function keepsPicture(types: Types, step: Part): boolean {
  const { open, replaces, gives } = keysOfStep(types, step);
  return !open && !replaces && !gives.has('img');
}
