/** What PyTorch says of a config's model, and where in the config the blame lies. Plain data: it crosses from the worker as it is. */
import type { Site } from '../python/value.ts';

/** Nested as the program returned it; a tensor is its sizes without the batch. */
export type Shapes = readonly number[] | readonly Shapes[] | { readonly [key: string]: Shapes } | null;

export interface ModelError {
  /** `RuntimeError`, `AssertionError`, `KeyError` … */
  readonly type: string;
  readonly message: string;
  /** Module that was being built or run: `neck.reduce_layers.2.conv`. */
  readonly where: string | null;
  readonly class: string | null;
  /** Last line of a library's (or the user's) code: `mmyolo/models/necks/base_yolo_neck.py:204`; and that line's text. */
  readonly at: string | null;
  readonly source: string | null;
  /** Of an assertion without words, what it compared: `len(inputs) is 4, len(self.in_channels) is 3`. */
  readonly compared?: string;
}

/** Two things that must agree and do not, or a build error. `blame`: config paths, most likely first (`neck.in_channels[2]`, relative to `model`). */
export interface Mismatch {
  readonly kind: 'channels' | 'levels' | 'stride' | 'build' | 'forward';
  readonly error: ModelError;
  readonly blame: readonly string[];
  /** For channels: what the convolution was built for, and what came. */
  readonly expected?: number;
  readonly got?: number;
  /** Height of the map it happened on, as a stride of the input (8, 16, 32), where known. */
  readonly stride?: number;
  /** Traceback, outermost first, files absolute. */
  readonly traceback: readonly { readonly file: string; readonly line: number; readonly name: string }[];
  /** Where it ended an import: what was raised there first. */
  readonly imported?: ImportFailure;
}

/** What ended the import of a module. mmengine puts another exception in the place of an ImportError: `Failed to import x`. */
export interface ImportFailure extends Pick<Mismatch, 'traceback'> {
  readonly type: string;
  readonly message: string;
  /** Of a SyntaxError: where in the text. */
  readonly refused: Site | null;
  /** What an import lacks: something of the workspace, of an environment that is there as a whole, or of sources that were laid out alone, which may be others where the config is run, as the Python there may be another. Null: it is no ImportError. */
  readonly lacks: 'own' | 'installed' | 'laid out' | null;
}

export interface Part {
  readonly name: string;
  readonly type: string | null;
  readonly outputs: Shapes;
  readonly strides: readonly number[];
  readonly parameters: number;
  readonly macs: number;
}

export interface Verdict {
  /** Null: not known to the end; then `unknown` says why and nothing is claimed. */
  readonly ok: boolean | null;
  readonly stage: 'config' | 'build' | 'forward' | null;
  readonly error: ModelError | null;
  readonly unknown: string | null;
  /** How backbone, neck and head in a row failed, where the model's own forward does not run them so: no error of the model's. */
  readonly partsError: ModelError | null;
  /** What is certain all the same, from bundled facts, where `ok` is null for want of sources: a sentence's main clause. */
  readonly facts: string | null;
  readonly size: readonly [width: number, height: number];
  readonly parts: readonly Part[];
  readonly parameters: number | null;
  readonly parametersByPart: Readonly<Record<string, number>>;
  readonly macs: number | null;
  readonly outputs: Readonly<Record<string, Shapes>>;
  readonly strides: Readonly<Record<string, readonly number[]>>;
  readonly stateDictSha256: string | null;
  readonly stateDict: readonly (readonly [name: string, shape: readonly number[], dtype: string])[] | null;
  /** Every mismatch that one run found, in the order of the run; the first is `error`'s. */
  readonly mismatches: readonly Mismatch[];
  /** `source`: interpreted; `table`: from bundled facts, where the libraries' sources are missing. */
  readonly from: 'source' | 'table';
  /** Files that the run read: the verdict holds until one of them changes. */
  readonly read: readonly string[];
}
