/** What the extension and the preview's page say to each other. Plain data, each message once and whole. */
import type { DetectProblem, DetectProgress, DetectResult } from '../server/protocol.ts';

/** What the panel is about: enough to find it all again after a restart. Paths are the file system's. */
export interface Subject {
  readonly config: string;
  readonly image: string | null;
  readonly checkpoint: string | null;
}

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
  | { readonly kind: 'ready'; readonly result: DetectResult }
  | { readonly kind: 'problem'; readonly problem: DetectProblem; readonly actions: readonly ActionButton[] };

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
  /** Asks for the picture as it is drawn. */
  | { readonly kind: 'draw' };

export type FromPage =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'action'; readonly action: Action }
  /** Shows that picture of the folder, counted from 0. */
  | { readonly kind: 'open'; readonly at: number }
  /** A PNG in base64: bytes from page to extension are packed badly. */
  | { readonly kind: 'drawn'; readonly png: string };
