/** What a session and its process say to each other. Plain data; one answer a request, in order. */
import type { Detection, DetectorRecipe } from '../detect/detection.ts';
import type { Selected } from '../detect/selected.ts';
import type { Padding, Size } from '../image/transform.ts';

export type Provider = 'cuda' | 'tensorrt' | 'dml' | 'coreml' | 'webgpu' | 'cpu';

/** Whether models compute with 16 bits where they can: where that is faster and right, always, or never. */
export type HalfPrecision = 'auto' | 'on' | 'off';

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
      /** Whether pictures are prepared meanwhile, for which one of many cores is left. */
      readonly shares: boolean;
      /** Of the GPU. */
      readonly index: number;
      /** The model computes with 16 bits: what comes out of it is looked at for what 16 bits do not hold. */
      readonly half: boolean;
    }
  /** Which provider it would be, and whether half precision gains there. */
  | {
      readonly kind: 'choose';
      readonly id: number;
      readonly providers: readonly Provider[];
      readonly compare: boolean;
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
  /** A picture that `detect` is going to ask for, or is likely to: it is read meanwhile. No answer. */
  | { readonly kind: 'expect'; readonly image: string }
  /** Width and height of a picture, as `detect` would find them. */
  | { readonly kind: 'measure'; readonly id: number; readonly image: string }
  | { readonly kind: 'time'; readonly id: number; readonly provider: Provider; readonly half: boolean };

export type FromChild =
  | { readonly kind: 'opened'; readonly id: number; readonly provider: Provider; readonly refused: readonly Refusal[] }
  | ({ readonly kind: 'chosen'; readonly id: number } & Chosen)
  /** No answer yet: a provider is being tried by a small model, which its driver may hang in; null: it has come back. */
  | { readonly kind: 'trying'; readonly id: number; readonly provider: Provider | null }
  | ({ readonly kind: 'detected'; readonly id: number; readonly found: Selected } & Omit<Detected, 'detections'>)
  | { readonly kind: 'measured'; readonly id: number; readonly size: Size }
  /** Milliseconds for one run of the probe, after a first. */
  | { readonly kind: 'timed'; readonly id: number; readonly milliseconds: number }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly what: 'image' | 'model' | 'misfit' | 'provider' | 'overflow';
      readonly message: string;
      readonly refused: readonly Refusal[];
    };

/** The first provider that works. */
export interface Chosen {
  readonly provider: Provider;
  /** Those before it, which would not do. */
  readonly refused: readonly Refusal[];
  /** Half precision is faster there and right. */
  readonly half: boolean;
  /** Why it is not; null: it is, or nobody would think so. */
  readonly unfit: string | null;
  /** Half precision gives other results there, whoever asks for it. */
  readonly wrong: boolean;
}

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
