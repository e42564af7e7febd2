import { CancellationTokenSource, window } from 'vscode';
import { EVALUATE, type EvaluateParams, type EvaluateResult } from '../../server/protocol.ts';
import { askServer } from '../ask-server.ts';
import type { Server } from '../language-server.ts';
import type { Figures } from '../preview-messages.ts';

/** The figures of a preview's validation set: asked for, stopped, and what they lead to. */
export interface Evaluation {
  figures(count: number): Figures;
  start(what: Omit<EvaluateParams, 'token'>): Promise<void>;
  stop(): void;
  /** What was found is of another config or checkpoint. */
  forget(): void;
  /** Pictures on which an object of the class is missed at this score; with null, all: null. */
  misses(label: number | null, threshold: number): readonly string[] | null;
}

/** The score that classes' misses are counted at until another is asked for: the page's own first. */
const FIRST_SCORE = 0.3;

export function createEvaluation(server: Server, changed: () => void): Evaluation {
  let running: { readonly source: CancellationTokenSource; words: string } | null = null;
  let result: EvaluateResult | null = null;
  let only: number | null = null;
  let score = FIRST_SCORE;

  const missing = (label: number): readonly string[] =>
    (result?.pictures ?? []).flatMap(({ image, objects }) =>
      objects.some(([of, best]) => of === label && (best === null || best < score)) ? [image] : [],
    );
  const forget = (): void => {
    running?.source.cancel();
    running = null;
    result = null;
    only = null;
  };
  return {
    figures: count => ({
      count,
      running: running?.words ?? null,
      result: result && {
        mean: result.stats[0] ?? -1,
        perClass: result.perClass.map(({ name, ap, ap50 }, label) => ({ name, ap, ap50, missed: missing(label).length })),
        notes: result.notes,
      },
      only,
    }),
    async start(what) {
      forget();
      const mine = { source: new CancellationTokenSource(), words: 'Starting' };
      running = mine;
      changed();
      const answer = await askServer(server, EVALUATE, what, mine.source.token, ({ phase }) => {
        if (running !== mine) return;
        mine.words = phase;
        changed();
      });
      mine.source.dispose();
      if (running !== mine) return;
      running = null;
      if (answer.kind === 'figures') result = answer;
      else if (answer.code !== 'cancelled') void window.showErrorMessage(`${answer.title}. ${answer.text}`);
      changed();
    },
    stop() {
      running?.source.cancel();
    },
    forget,
    misses(label, threshold) {
      only = label;
      score = threshold;
      return label === null ? null : missing(label);
    },
  };
}
