/** Custom requests between editor and server: all that the client may import. Plain data. */

/** Client → server, `necktie/detect`. The answer comes when it is done; progress as `necktie/progress` notifications with the same `token`. Cancelled through LSP. */
export interface DetectParams {
  readonly token: string;
  readonly config: string;
  readonly image: string;
  /** Null: look for one (`work_dirs`, beside the config, `load_from`); without any, random weights, said so in `weights`. */
  readonly checkpoint: string | null;
  readonly device: string;
}
export interface DetectProgress {
  readonly token: string;
  /** Phase in words, "Reading epoch_42.pth"; seconds of those that ended. */
  readonly phase: string;
  readonly finished: readonly { readonly phase: string; readonly seconds: number }[];
}
export interface DetectionRecord {
  readonly label: number;
  readonly name: string;
  readonly score: number;
  /** x1, y1, x2, y2 in the picture's pixels, EXIF orientation applied. */
  readonly bbox: readonly [number, number, number, number];
}
export interface DetectResult {
  readonly kind: 'detections';
  readonly image: string;
  readonly width: number;
  readonly height: number;
  readonly detections: readonly DetectionRecord[];
  readonly classes: readonly string[];
  readonly palette: readonly (readonly [number, number, number])[] | null;
  /** Milliseconds: reading and preparing the picture, the network, decoding and suppression. */
  readonly timings: { readonly prepare: number; readonly network: number; readonly decode: number };
  readonly provider: string;
  /** Providers that were tried before, and why each would not do. */
  readonly refused: readonly { readonly provider: string; readonly reason: string }[];
  readonly weights: { readonly kind: 'checkpoint' | 'exported' | 'random'; readonly path: string | null; readonly note: string | null };
  readonly scoreThreshold: number;
}
/** What went wrong, in words a person can act on. */
export interface DetectProblem {
  readonly kind: 'problem';
  readonly code:
    | 'no-checkpoint'
    | 'checkpoint-corrupt'
    | 'checkpoint-other-network'
    | 'image-unreadable'
    | 'network'
    | 'unsupported-head'
    | 'child-died'
    | 'cancelled'
    | 'no-sources';
  readonly title: string;
  readonly text: string;
  /** For a checkpoint of another network: some keys of each kind. */
  readonly details: readonly { readonly label: string; readonly values: readonly string[] }[];
}
/** Client → server, `necktie/resolved`: a config with its bases merged, as Python. */
export interface ResolvedParams {
  readonly uri: string;
  /** What the bases say alone, to compare the config with. */
  readonly bases: boolean;
}
/** Null: the file is no config. `origins`: for each line of the text where it was written, as LSP has locations; null where nowhere. */
export type ResolvedResult = { readonly text: string; readonly origins: readonly (ResolvedOrigin | null)[] } | null;
export interface ResolvedOrigin {
  readonly uri: string;
  readonly range: { readonly start: ResolvedPosition; readonly end: ResolvedPosition };
}
export interface ResolvedPosition {
  readonly line: number;
  readonly character: number;
}
export const RESOLVED = 'necktie/resolved';
export const DETECT = 'necktie/detect';
export const PROGRESS = 'necktie/progress';
export const STATUS = 'necktie/status';

/** Server → client notification: what the status bar item shows. */
export interface StatusParams {
  readonly libraries: readonly { readonly name: string; readonly version: string; readonly source: string }[];
  readonly environment: string;
  readonly busy: string | null;
}
