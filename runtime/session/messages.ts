/** What a session and its process say to each other. Plain data; one answer a request, in order. */
import type { Detection, DetectorRecipe } from '../detect/detection.ts';
import type { Selected } from '../detect/selected.ts';
import type { Padding, Size } from '../image/transform.ts';

export type Provider = 'cuda' | 'tensorrt' | 'dml' | 'coreml' | 'webgpu' | 'cpu';

/** A provider that was tried, and why it would not do. */
export interface Refusal {
  readonly provider: Provider;
  readonly reason: string;
}

/** The model's file, or its bytes. */
export type ModelSource = string | Uint8Array;

export type ToChild =
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly model: ModelSource;
      /** Names model, version and providers: what was opened under this name before and is still there is not opened again. */
      readonly name: string;
      readonly providers: readonly Provider[];
      readonly compare: boolean;
      /** Whether pictures are prepared meanwhile, for which a core is left. */
      readonly shares: boolean;
      /** Of the GPU. */
      readonly index: number;
    }
  | {
      readonly kind: 'detect';
      readonly id: number;
      readonly name: string;
      readonly image: string;
      readonly recipe: DetectorRecipe;
      /** With the candidates. */
      readonly keeps: boolean;
    }
  /** Width and height of a picture, as `detect` would find them. */
  | { readonly kind: 'measure'; readonly id: number; readonly image: string }
  | { readonly kind: 'time'; readonly id: number; readonly provider: Provider };

export type FromChild =
  | { readonly kind: 'opened'; readonly id: number; readonly provider: Provider; readonly refused: readonly Refusal[] }
  | ({ readonly kind: 'detected'; readonly id: number } & Detected)
  | { readonly kind: 'measured'; readonly id: number; readonly size: Size }
  /** Milliseconds for one run of the probe, after a first. */
  | { readonly kind: 'timed'; readonly id: number; readonly milliseconds: number }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly what: 'image' | 'model' | 'provider';
      readonly message: string;
      readonly refused: readonly Refusal[];
    };

export interface Detected {
  /** Of the picture, EXIF orientation applied. */
  readonly width: number;
  readonly height: number;
  readonly detections: readonly Detection[];
  /** What the network saw: batch, channels, height, width; and how the picture lies in it. */
  readonly inputShape: readonly number[];
  readonly scale: readonly [x: number, y: number];
  readonly padding: Padding;
  readonly timings: Timings;
  /** What went into suppression, where it was asked for, is not too much, and the model does not suppress by itself. */
  readonly candidates?: Selected;
}

/** Milliseconds: reading and preparing the picture, the network, decoding and suppression. */
export interface Timings {
  readonly prepare: number;
  readonly network: number;
  readonly decode: number;
}
