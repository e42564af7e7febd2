/** What detection yields, and the parts of a config that it needs: plain data, read from the resolved config by `server/`. */
export interface Detection {
  readonly label: number;
  readonly score: number;
  /** x1, y1, x2, y2 in the original picture's pixels. */
  readonly bbox: readonly [number, number, number, number];
}

/** One step of a test pipeline that changes pixels or sizes; others are left out by who reads the config. */
export type Transform =
  | { readonly kind: 'yolov5-keep-ratio-resize'; readonly scale: readonly [width: number, height: number] }
  | { readonly kind: 'letter-resize'; readonly scale: readonly [width: number, height: number]; readonly allowScaleUp: boolean; readonly padValue: number };

export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly bgrToRgb: boolean;
}

/** YOLOv5's anchor-based head. Other families join this union. */
export interface Yolov5Head {
  readonly kind: 'yolov5';
  readonly classes: number;
  readonly strides: readonly number[];
  /** Levels → priors → width, height in pixels. */
  readonly baseSizes: readonly (readonly (readonly [number, number])[])[];
}

export interface TestSettings {
  readonly scoreThreshold: number;
  readonly nmsIouThreshold: number;
  readonly nmsPre: number;
  readonly maxPerImage: number;
  readonly multiLabel: boolean;
}

/** All that a run needs beside the network. Written into an exported model's metadata, so that it runs with no sources. */
export interface DetectorRecipe {
  readonly size: readonly [width: number, height: number];
  readonly transforms: readonly Transform[];
  readonly normalization: Normalization;
  readonly head: Yolov5Head;
  readonly test: TestSettings;
  readonly classes: readonly string[];
  readonly palette: readonly (readonly [number, number, number])[] | null;
}
