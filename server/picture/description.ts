/** A network as it is shown: parts in the order in which the model runs them, the levels between them, every module. Plain data, from server to panel and picture. */

/** Where something is written, as LSP has locations. */
export interface SourcePlace {
  readonly uri: string;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** `P`: how a place is told. */
export interface NetworkDescription<P = SourcePlace> {
  /** Whether all fits; null: not known to the end. */
  readonly ok: boolean | null;
  /** Why it is not known; null where it is. */
  readonly unknown: string | null;
  /** What bundled facts say for certain, where the libraries' sources are missing: a sentence's main clause. */
  readonly facts: string | null;
  /** A library whose sources would be needed: `mmdet`. */
  readonly missing: string | null;
  readonly size: readonly [width: number, height: number];
  /** What the size is from: `img_scale`, `its pipeline`; null: asked for, or usual. */
  readonly sizeFrom: string | null;
  readonly parameters: number | null;
  /** Multiply-accumulates of the parts that ran. */
  readonly macs: number | null;
  readonly parts: readonly NetworkPart<P>[];
  readonly links: readonly NetworkLink[];
  /** Every module, a module before what it holds. Empty where the model could not be built. */
  readonly modules: readonly NetworkModule[];
  /** Classes of modules, which `NetworkModule.type` counts. */
  readonly types: readonly ModuleType<P>[];
}

/**
 * `ran`: its figures are measured. `declared`: it did not fit and was run on what it says it takes. `idle`: built, and no part of what is run here. `failed`: the
 * error is in it. `unknown`: nothing is claimed.
 */
export type PartState = 'ran' | 'declared' | 'idle' | 'failed' | 'unknown';

export interface NetworkPart<P = SourcePlace> {
  /** `backbone`; of a list of necks `neck.1`. */
  readonly name: string;
  /** As the config names it: `mmdet.ResNet`. */
  readonly type: string | null;
  /** What makes it this one: `depth 50`. */
  readonly detail: string | null;
  readonly role: 'backbone' | 'neck' | 'head';
  readonly state: PartState;
  /** Why it is not `ran`, in a few words. */
  readonly note: string | null;
  readonly parameters: number | null;
  readonly macs: number | null;
  /** Of a backbone: what it makes of the picture on the way, from the input on. */
  readonly stages: readonly NetworkStage[];
  /** Of a neck: where it joins levels. */
  readonly joins: readonly NetworkJoin[];
  /** Of a head: what it gives a level. */
  readonly outputs: readonly HeadOutput[];
  /** Where its dict is written. */
  readonly place: P | null;
  /** Where its class is. */
  readonly source: P | null;
}

/** `level`: which of the part's outputs it is, from 0; null: none. */
export interface NetworkStage {
  readonly name: string;
  /** Without the batch. */
  readonly shape: readonly number[];
  readonly level: number | null;
}

/**
 * A place in a neck where something meets or leaves: an input level, a sum or concatenation, an output that was made of another level. `from`: places before it,
 * counted in the list.
 */
export interface NetworkJoin {
  readonly stride: number;
  readonly from: readonly number[];
}

/** `channels`: of each level, in the order of the levels that come in; null: not a map. */
export interface HeadOutput {
  readonly name: string;
  readonly channels: readonly (number | null)[];
}

/** What one part hands to another. */
export interface NetworkLink {
  readonly from: string;
  readonly to: string;
  readonly levels: readonly NetworkLevel[];
  /** Instead of levels, where they are not looked at one by one: `4 levels, /4 to /32`. */
  readonly note: string | null;
}

/** `fits`; `wrong`: other channels are expected; `surplus`: nobody takes it; `absent`: expected, and not there; `unknown`: not known. */
export type LevelState = 'fits' | 'wrong' | 'surplus' | 'absent' | 'unknown';

export interface NetworkLevel {
  /** Without the batch: channels × height × width. Null: not known. */
  readonly shape: readonly number[] | null;
  readonly stride: number | null;
  readonly state: LevelState;
  /** Channels that the next part is built for, where they are others. */
  readonly expected: number | null;
}

export interface ModuleType<P = SourcePlace> {
  readonly name: string;
  readonly source: P | null;
}

export interface NetworkModule {
  /** `backbone.layer1.0.conv1`. */
  readonly path: string;
  readonly type: number;
  /** Of each tensor that it gave, of all its calls; the same ones once. Empty: it was not called. */
  readonly outputs: readonly (readonly number[])[];
  readonly calls: number;
  readonly parameters: number;
  readonly macs: number;
  /** Whether it, or one that it holds, does not fit what comes in. */
  readonly wrong: boolean;
}

/** What is wrong, in a sentence, and what helps. */
export interface NetworkProblem<P = SourcePlace> {
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly code: string;
  /** The first line is the sentence; the others are PyTorch's own words. */
  readonly message: string;
  readonly place: P;
  readonly related: readonly { readonly message: string; readonly place: P }[];
  readonly fixes: readonly NetworkFix[];
}
export interface NetworkFix {
  readonly title: string;
  readonly edits: readonly { readonly uri: string; readonly range: SourcePlace['range']; readonly newText: string }[];
}

/** What is drawn needs no places. */
export type DrawnNetwork = NetworkDescription<unknown>;
export type DrawnPart = NetworkPart<unknown>;
