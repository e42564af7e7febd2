/** What the extension and the preview's page say to each other. Plain data, each message once and whole. */
import type { DetectProblem, DetectProgress, DetectResult, EvaluateResult } from '../server/protocol.ts';
import type { Subject } from './preview-subject.ts';

/** The bar at the top: names to read, not paths to open. */
export interface Heading {
  readonly config: string;
  readonly checkpoint: string;
  readonly device: string;
  /** Name of the picture, and which it is (from 1) of how many in its folder. */
  readonly picture: { readonly name: string; readonly position: number; readonly count: number } | null;
}

export type Action =
  | 'run'
  | 'stop'
  | 'choose-image'
  | 'choose-checkpoint'
  | 'choose-device'
  /** To the validation set with its truth, and back to the folder. */
  | 'truth'
  | 'evaluate'
  | 'stop-evaluation'
  /** With another checkpoint or config; while two are compared, ends it. */
  | 'compare'
  | 'next'
  | 'previous'
  | 'fetch'
  | 'restart'
  | 'show-problems'
  | 'show-log';

export interface ActionButton {
  readonly action: Action;
  readonly title: string;
}

export type View =
  | { readonly kind: 'empty'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'progress'; readonly phase: string; readonly finished: DetectProgress['finished'] }
  | { readonly kind: 'ready'; readonly result: DetectResult; readonly other?: Other }
  | { readonly kind: 'problem'; readonly problem: DetectProblem; readonly actions: readonly ActionButton[] };

/** What a picture gives by another checkpoint or config; `names`: of the two, as short as tells them apart. */
export interface Other {
  readonly result: DetectResult;
  readonly names: readonly [own: string, other: string];
}

/** How good the detector is on its validation set. */
export interface Figures {
  /** Pictures of the set. */
  readonly count: number;
  /** What goes on; null: nothing does. */
  readonly running: string | null;
  readonly result: {
    readonly mean: number;
    /** By label. `missed`: pictures on which one is missed at the score that was asked for last. */
    readonly perClass: readonly (Omit<EvaluateResult['perClass'][number], 'ap75'> & { readonly missed: number })[];
    readonly notes: readonly string[];
  } | null;
  /** The label whose misses alone the film shows; null: all pictures. */
  readonly only: number | null;
}

/** A picture that a browser can decode. */
export interface EncodedPicture {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

export type ToPage =
  | { readonly kind: 'show'; readonly subject: Subject; readonly heading: Heading; readonly view: View }
  /** At most 2,048 px on its longer side; null takes the last one away. */
  | { readonly kind: 'picture'; readonly picture: EncodedPicture | null }
  /** Names of the folder's pictures; their thumbnails follow one by one. */
  | { readonly kind: 'film'; readonly names: readonly string[] }
  | { readonly kind: 'thumbnail'; readonly at: number; readonly picture: EncodedPicture }
  /** Null: no validation set is shown. */
  | { readonly kind: 'figures'; readonly figures: Figures | null }
  /** Asks for the picture as it is drawn. */
  | { readonly kind: 'draw' }
  /** Asks what hides boxes. */
  | { readonly kind: 'list' };

export type FromPage =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'action'; readonly action: Action }
  /** Shows that picture of the folder, counted from 0. */
  | { readonly kind: 'open'; readonly at: number }
  /** Pictures on which an object of a class is missed at this score; null: all pictures again. */
  | { readonly kind: 'misses'; readonly label: number | null; readonly threshold: number }
  /** The overlap over which boxes fall out; null: the config's own. */
  | { readonly kind: 'overlap'; readonly threshold: number | null }
  /** Pictures that were dropped or pasted: their places (`file:` addresses), or their content in base64. */
  | {
      readonly kind: 'given';
      readonly places: readonly string[];
      readonly pictures: readonly { readonly name: string; readonly content: string }[];
    }
  /** Boxes below the score and of these classes are hidden. */
  | { readonly kind: 'listed'; readonly threshold: number; readonly hidden: readonly string[] }
  /** A PNG in base64: bytes from page to extension are packed badly. */
  | { readonly kind: 'drawn'; readonly png: string };
