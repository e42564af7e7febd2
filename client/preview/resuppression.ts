import type { DetectProblem, DetectResult, SuppressParams, SuppressResult } from '../../server/protocol.ts';
import type { Other, View } from '../preview-messages.ts';
import type { Subject } from '../preview-subject.ts';
import { withNames } from './with-names.ts';

type Ready = Extract<View, { kind: 'ready' }>;

export interface Shown {
  /** The server: what a run with another threshold would give. */
  readonly ask: (what: Omit<SuppressParams, 'token'>) => Promise<SuppressResult | DetectProblem>;
  /** What is looked at; undefined: nothing is ready. */
  readonly last: () => Ready | undefined;
  readonly subject: () => Subject;
  readonly show: (next: Ready) => void;
  /** What went into suppression is gone: then all is run. */
  readonly run: () => Promise<void>;
}

/** After another threshold was wished: one question at a time, and of the wishes that come meanwhile the last one counts. */
export function createResuppression({ ask, last, subject, show, run }: Shown): () => Promise<void> {
  let asking = false;
  let again = false;

  async function anew(result: DetectResult): Promise<DetectResult | null> {
    const { config, validation, iouThreshold } = subject();
    const { candidates, fixed } = result.suppression;
    if (fixed !== null) return result;
    if (candidates === null) return null;
    const truth = validation && result.truth !== undefined;
    const answer = await ask({ candidates, config, image: result.image, iouThreshold, truth });
    return answer.kind === 'detections' ? withNames(answer) : null;
  }
  async function once(): Promise<void> {
    const before = last();
    if (before === undefined) return;
    const result = await anew(before.result);
    const other = before.other && { ...before.other, result: await anew(before.other.result) };
    // Another picture has come meanwhile, by a run that knew of the wish.
    if (last() !== before) return;
    if (result === null || other?.result === null) return run();
    show({ kind: 'ready', result, ...(isWhole(other) && { other }) });
  }
  return async () => {
    again = true;
    if (asking) return;
    asking = true;
    try {
      while (again) {
        again = false;
        await once();
      }
    } finally {
      asking = false;
    }
  };
}

const isWhole = (other: { readonly result: DetectResult | null } | undefined): other is Other =>
  other !== undefined && other.result !== null;
