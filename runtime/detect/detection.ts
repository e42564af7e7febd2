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
  | {
      readonly kind: 'letter-resize';
      readonly scale: readonly [width: number, height: number];
      readonly allowScaleUp: boolean;
      readonly padValue: number;
      /** The picture counts as lying in the very middle, be it between two pixels. Absent: it lies where it was put. */
      readonly halfPadding?: boolean;
      /** `least`: no more than what is over multiples of 32, so that sizes depend on the picture. `none`: it is stretched to the scale. Absent: filled to the scale. */
      readonly filling?: 'least' | 'none';
      /** Absent: bilinear. */
      readonly cubic?: boolean;
    }
  /** mmdet's Resize with `keep_ratio`: rounded. */
  | { readonly kind: 'keep-ratio-resize'; readonly scale: readonly [width: number, height: number]; readonly cubic: boolean }
  /** To this size whatever the picture's: mmdet's Resize without `keep_ratio`, and FixShapeResize. */
  | { readonly kind: 'resize'; readonly scale: readonly [width: number, height: number]; readonly cubic: boolean }
  /** At the right and the bottom. */
  | { readonly kind: 'pad'; readonly size: readonly [width: number, height: number]; readonly value: number }
  /** The same, to the next multiple. */
  | { readonly kind: 'pad-to-multiple'; readonly divisor: number; readonly value: number };

export interface Normalization {
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly bgrToRgb: boolean;
  /** What lies right of and below a picture that is smaller than the network's input. Absent: 0. */
  readonly behind?: number;
}

/** Heads by how their numbers become boxes. */
export type DetectorHead = Yolov5Head | PointHead | DenseHead;

/** Anchors and an objectness: YOLOv5 and YOLOv7. */
export interface Yolov5Head {
  readonly kind: 'yolov5';
  readonly classes: number;
  readonly strides: readonly number[];
  /** Levels → priors → width, height in pixels. */
  readonly baseSizes: readonly (readonly (readonly [number, number])[])[];
}

/** A point a cell: mmyolo's YOLOv6, YOLOv8, YOLOX, RTMDet, PPYOLOE; and mmdet's YOLOX. */
export interface PointHead {
  readonly kind: 'points';
  readonly classes: number;
  readonly strides: readonly number[];
  /** Where in its cell the point lies: 0 the corner, 0.5 the middle. */
  readonly offset: number;
  /** Distances to left, top, right, bottom in strides; or centre and logarithms of the sides. */
  readonly coder: 'distance' | 'logarithm';
  readonly objectness: boolean;
  /** Boxes may end beyond the picture: mmdet's YOLOX. Absent: they are clamped to it. */
  readonly unclamped?: boolean;
}

/** mmdet's dense heads: RetinaNet, FCOS, ATSS, GFL, RTMDet. */
export interface DenseHead {
  readonly kind: 'dense';
  readonly classes: number;
  readonly strides: readonly number[];
  /** One score a class by a sigmoid; else by a softmax, whose last class is the background. */
  readonly sigmoid: boolean;
  /** A third output multiplies what has passed the threshold: FCOS's and ATSS's centerness. */
  readonly centerness: boolean;
  /** Boxes end where the picture does, before they suppress each other. */
  readonly clip: boolean;
  readonly box: DenseBox;
}

/** How a dense head tells a box. */
export type DenseBox =
  | {
      readonly coder: 'delta';
      /** Levels → priors → x1, y1, x2, y2 around the first cell's corner. */
      readonly anchors: readonly (readonly (readonly [number, number, number, number])[])[];
      readonly means: readonly number[];
      readonly stds: readonly number[];
    }
  /** Pixels from a point to the four sides. */
  | { readonly coder: 'distance'; readonly offset: number }
  /** The same in strides, each the mean of a distribution over 0 … most. */
  | { readonly coder: 'distribution'; readonly offset: number; readonly most: number };

export interface TestSettings {
  readonly scoreThreshold: number;
  readonly nmsIouThreshold: number;
  /** The best so many go into suppression: of all levels together (mmyolo), or of each level (mmdet). */
  readonly nmsPre: number;
  readonly maxPerImage: number;
  readonly multiLabel: boolean;
  /** Boxes of different classes suppress each other too. Absent: no. */
  readonly classAgnostic?: boolean;
  /** From so many candidates on they do not, and suppression goes class after class. Absent: 10,000. */
  readonly split?: number;
  /** Suppression's own threshold of the score. Absent: none. */
  readonly nmsScoreThreshold?: number;
  /** In suppression a side is so many pixels longer than its ends are apart: 0 or 1. Absent: 0. */
  readonly nmsOffset?: number;
  /** Pixels that both sides must exceed. Absent: -1, all boxes do. */
  readonly minSize?: number;
  /** Overlapping boxes lose score instead of falling out. Absent: they fall out. */
  readonly soft?: SoftSuppression;
  /** YOLOX: an objectness below the threshold is no reason by itself to drop a box. Absent: it is. */
  readonly productOnly?: boolean;
}

export interface SoftSuppression {
  readonly method: 'naive' | 'linear' | 'gaussian';
  readonly sigma: number;
  readonly minScore: number;
}

/** All that a run needs beside the network. Written into an exported model's metadata, so that it runs with no sources. */
export interface DetectorRecipe {
  /** What the network takes. */
  readonly size: readonly [width: number, height: number];
  readonly transforms: readonly Transform[];
  readonly normalization: Normalization;
  readonly head: DetectorHead;
  readonly test: TestSettings;
  readonly classes: readonly string[];
  readonly palette: readonly (readonly [number, number, number])[] | null;
  /** The model decodes and suppresses by itself: boxes, scores and labels come out of it, see `onnx/suppression.ts`. Absent: it gives the head's raw numbers. */
  readonly suppressed?: boolean;
}
