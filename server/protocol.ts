/** Custom requests between editor and server: with `picture/`, all that the client may import. Plain data. */
import type { NetworkDescription, NetworkProblem, SourcePlace } from './picture/description.ts';

/** Client → server, `necktie/detect`. The answer comes when it is done; progress as `necktie/progress` notifications with the same `token`. Cancelled through LSP. */
export interface DetectParams {
  readonly token: string;
  readonly config: string;
  readonly image: string;
  /** Null: look for one (`work_dirs`, beside the config, `load_from`); without any, random weights, said so in `weights`. */
  readonly checkpoint: string | null;
  readonly device: string;
  /** Computing with 16 bits: where that is faster and right, always, or never. Absent: never. */
  readonly halfPrecision?: 'auto' | 'on' | 'off';
  /** The weights as trained, where the checkpoint holds their averages beside them. Absent: no. */
  readonly raw?: boolean;
  /** With what was annotated on the picture, where it is one of the config's validation set. Absent: no. */
  readonly truth?: boolean;
  /** In place of `model.test_cfg.nms.iou_threshold`. Absent or null: the config's own. */
  readonly iouThreshold?: number | null;
  /** What went into suppression stays for `necktie/suppress`. Absent: no. */
  readonly keeps?: boolean;
  /** The picture that is likely to be asked for next: it is read and prepared while this one is looked at. Absent: none. */
  readonly next?: string;
}
/** Client → server, `necktie/suppress`: what a run with another threshold would give, from what one has kept. */
export interface SuppressParams {
  /** Of the result. */
  readonly candidates: number;
  readonly config: string;
  readonly image: string;
  /** Null: the config's own. */
  readonly iouThreshold: number | null;
  readonly truth?: boolean;
}
/** What was kept may be gone: the last few results have theirs. */
export type SuppressResult = DetectResult | { readonly kind: 'gone' };
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
  /** Computed with 16 bits where that can be. */
  readonly half: boolean;
  /** Providers that were tried before, and why each would not do; and why half precision would not. */
  readonly refused: readonly { readonly provider: string; readonly reason: string }[];
  readonly weights: { readonly kind: 'checkpoint' | 'exported' | 'random'; readonly path: string | null; readonly note: string | null };
  readonly scoreThreshold: number;
  readonly suppression: {
    /** The config's IoU over which a box falls out, and the one that was taken. */
    readonly own: number;
    readonly threshold: number;
    /** Why no other can be taken, a sentence; null where one can. */
    readonly fixed: string | null;
    /** For `necktie/suppress`; null: nothing was kept, another threshold is another run. */
    readonly candidates: number | null;
  };
  /** Where it was asked for and the picture is of the validation set. */
  readonly truth?: TruthRecord;
}
/** What was annotated on a picture. */
export interface TruthRecord {
  /** `crowd`: stands for many, and is missed by none. */
  readonly objects: readonly {
    readonly label: number;
    readonly name: string;
    readonly bbox: DetectionRecord['bbox'];
    readonly crowd: boolean;
  }[];
  /** Of each detection the object that it meets at IoU 0.50, by its place in `objects`; null: none. Who meets whom hangs on better scores alone. */
  readonly matches: readonly ({ readonly object: number; readonly iou: number } | null)[];
}
/** Client → server, `necktie/validation`: the pictures that a config is validated on. */
export interface ValidationParams {
  readonly config: string;
}
export interface ValidationResult {
  readonly kind: 'validation';
  /** Paths, in the annotation file's order. */
  readonly pictures: readonly string[];
  readonly classes: readonly string[];
}
/** Client → server, `necktie/evaluate`: COCO's figures on the validation set. Progress and cancelling as with `necktie/detect`. */
export type EvaluateParams = Omit<DetectParams, 'image' | 'truth'>;
export interface EvaluateResult {
  readonly kind: 'figures';
  /** COCO's twelve, from 0 to 1; -1 where there is nothing to find. */
  readonly stats: readonly number[];
  readonly perClass: readonly { readonly name: string; readonly ap: number; readonly ap50: number; readonly ap75: number }[];
  /** Of each picture its objects: label, and the best score that meets it at IoU 0.50; null: none does. Crowds are left out. */
  readonly pictures: readonly { readonly image: string; readonly objects: readonly (readonly [label: number, score: number | null])[] }[];
  /** What makes the figures other than those of a training's log, a sentence each. */
  readonly notes: readonly string[];
}
/** Client → server, `necktie/inspect`: what is in a checkpoint. */
export interface InspectParams {
  readonly checkpoint: string;
  /** A config to set the checkpoint's own against; null: none. */
  readonly config: string | null;
}
export interface InspectResult {
  readonly kind: 'inspection';
  /** Markdown: what its training said, tables of its parts and tensors. */
  readonly text: string;
  /** The config that it was trained with, and the one it is set against, in one form; null where there is none. */
  readonly config: string | null;
  readonly other: string | null;
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
    | 'no-sources'
    | 'no-truth';
  readonly title: string;
  readonly text: string;
  /** For a checkpoint of another network: some keys of each kind. */
  readonly details: readonly { readonly label: string; readonly values: readonly string[] }[];
}
/** Client → server, `necktie/notChecked`: what Necktie says nothing about in a config, and why. */
export interface NotCheckedParams {
  readonly uri: string;
}
/** Markdown. Null: the file is no config. */
export type NotCheckedResult = string | null;
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
  readonly range: TextRange;
}
/** As LSP has positions and ranges. */
interface TextPosition {
  readonly line: number;
  readonly character: number;
}
interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}
/** Client → server, `necktie/backbones`: what could be put into a config in its backbone's place. */
export interface BackbonesParams {
  readonly uri: string;
}
export type BackbonesResult =
  | {
      readonly kind: 'list';
      /** At which the neck takes its levels. */
      readonly strides: readonly number[];
      /** The type that is there now. */
      readonly now: string | null;
      readonly backbones: readonly BackboneRecord[];
    }
  /** `reason`: a sentence without its full stop. */
  | { readonly kind: 'refused'; readonly reason: string };
export interface BackboneRecord {
  /** `mmdet.ResNet`, or `timm/efficientnet_b1`. */
  readonly type: string;
  /** Arguments, Python's text each: one of the settings that are known; empty for its own defaults. */
  readonly set: Readonly<Record<string, string>>;
  readonly library: string;
  /** Those that the neck would be given, finest first; null: not known before it is run. */
  readonly levels: readonly LevelRecord[] | null;
  /** The strides that it has, where the neck expects others. */
  readonly misses: readonly number[] | null;
  /** Arguments that must be said, with what they may be where that is known (Python's text). */
  readonly needs: readonly { readonly name: string; readonly choices: readonly string[] }[];
}
export interface LevelRecord {
  readonly channels: number;
  readonly stride: number;
}
/** Client → server, `necktie/measureBackbone` and `necktie/replaceBackbone`. Cancelled through LSP; an edit meanwhile does not end it. */
export interface ReplaceBackboneParams {
  readonly uri: string;
  readonly type: string;
  readonly set: Readonly<Record<string, string>>;
}
export type MeasureBackboneResult =
  | { readonly kind: 'measured'; readonly levels: readonly LevelRecord[]; readonly parameters: number | null }
  | { readonly kind: 'refused'; readonly reason: string };
/** Whatever is in it has run. */
export type ReplaceBackboneResult =
  | {
      readonly kind: 'replaced';
      /** A config of its own beside the one that was asked for, with that one as its base: where it would be, and its text. */
      readonly uri: string;
      readonly text: string;
      /** The same as edits of the config itself; null where its form does not allow them. */
      readonly edits: readonly BackboneEdit[] | null;
      readonly levels: readonly LevelRecord[];
      /** What is to be thought of besides, a sentence each. */
      readonly notes: readonly string[];
      readonly parameters: number | null;
      readonly macs: number | null;
    }
  | { readonly kind: 'refused'; readonly reason: string };
interface BackboneEdit {
  readonly range: TextRange;
  readonly newText: string;
}
export const BACKBONES = 'necktie/backbones';
export const MEASURE_BACKBONE = 'necktie/measureBackbone';
export const REPLACE_BACKBONE = 'necktie/replaceBackbone';

/** Client → server, `necktie/network`: a config's network. The run is the one that the diagnostics are from, unless another size is asked for. */
export interface NetworkParams {
  readonly uri: string;
  /** Width and height of the picture; null: the config's own. */
  readonly size: readonly [number, number] | null;
}
export type NetworkResult =
  | { readonly kind: 'network'; readonly network: NetworkDescription; readonly problems: readonly NetworkProblem[] }
  /** The config cannot be read to the end: what is wrong, and where. */
  | { readonly kind: 'unread'; readonly message: string; readonly place: SourcePlace | null }
  | { readonly kind: 'no-model' }
  | { readonly kind: 'no-config' }
  /** No answer: the next edit came first, or a worker ended. Another `necktie/networkChanged` follows. */
  | { readonly kind: 'later' };
export const NETWORK = 'necktie/network';
/** Server → client notification: the model of an open config was run. */
export interface NetworkChangedParams {
  readonly uri: string;
}
export const NETWORK_CHANGED = 'necktie/networkChanged';
export const NOT_CHECKED = 'necktie/notChecked';
export const RESOLVED = 'necktie/resolved';
export const DETECT = 'necktie/detect';
export const SUPPRESS = 'necktie/suppress';
export const INSPECT = 'necktie/inspect';
export const VALIDATION = 'necktie/validation';
export const EVALUATE = 'necktie/evaluate';
export const PROGRESS = 'necktie/progress';
export const STATUS = 'necktie/status';

/** Server → client notification: what the status bar item shows. */
export interface StatusParams {
  readonly libraries: readonly { readonly name: string; readonly version: string; readonly source: string }[];
  readonly environment: string;
  readonly busy: string | null;
}
