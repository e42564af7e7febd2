/**
 * Raw outputs to boxes, for each family of heads, against mmyolo 0.6 and mmdet 3.3 (tests/data/detect, one picture each): from the very numbers that PyTorch's
 * network gave, in the very order. Of the outputs only what can score is recorded; all else is far below every threshold.
 */
import { describe, expect, it } from 'vitest';
import type { Detection, DetectorRecipe } from '../../runtime/detect/detection.ts';
import { candidatesOf, detectionsOf, misfit } from '../../runtime/detect/detections.ts';
import type { RawOutput } from '../../runtime/detect/raw-output.ts';
import type { Geometry } from '../../runtime/image/transform.ts';
import type { Detected } from '../../runtime/index.ts';
import { resultOf } from '../../server/detect/detect-result.ts';
import { KeptCandidates, withThreshold } from '../../server/detect/kept-candidates.ts';
import { dataText } from '../data-file.ts';

interface Level {
  /** Of class scores, boxes, and objectness or centerness where the head has one. */
  readonly shapes: readonly (readonly number[])[];
  /** In base64: indices of class logits and the logits; priors (prior × cells + cell) with their box numbers and their third. */
  readonly scored: string;
  readonly logits: string;
  readonly places: string;
  readonly boxes: string;
  readonly third: string | null;
}
interface Recorded {
  readonly image: string;
  readonly recipe: DetectorRecipe;
  readonly geometry: Geometry;
  readonly levels: readonly Level[];
  /** Detections that score no more were not recorded. */
  readonly scoreAbove: number | null;
  readonly detections: readonly (readonly [label: number, score: number, ...bbox: number[]])[];
}

const FAMILIES = ['yolov5', 'yolov6', 'yolov7', 'yolov8', 'yolox', 'rtmdet', 'ppyoloe', 'retinanet', 'fcos', 'atss', 'gfl', 'rtmdet_mmdet'];
const NEVER = -40;

describe.each(FAMILIES)('%s', family => {
  const recorded: Recorded = JSON.parse(dataText(`detect/${family}.json.gz`));
  const { recipe, geometry, levels, scoreAbove, detections } = recorded;
  const outputs = partsOf(levels);
  it(`finds on ${recorded.image} what the library found`, () => {
    expect(misfit(recipe, outputs)).toBeNull();
    const found = detectionsOf(recipe, outputs, geometry).filter(d => d.score > (scoreAbove ?? -1));
    expect(found.map(d => d.label).slice(0, detections.length)).toEqual(detections.map(([label]) => label));
    expect(found).toHaveLength(detections.length);
    for (const [i, [, score, ...bbox]] of detections.entries()) expect(apart(found[i]!, score, bbox), `#${i}`).toBeLessThan(1);
  });
  it('finds by another overlap what a run by that would find, from what was kept of one run', () => {
    const kept = new KeptCandidates();
    const run = (threshold: number | null): readonly Detection[] => detectionsOf(withThreshold(recipe, threshold), outputs, geometry);
    const detected: Detected = {
      ...geometry,
      detections: run(null),
      inputShape: [],
      timings: { prepare: 0, network: 0, decode: 0 },
    };
    const opened = { name: '', pid: null, provider: 'cpu' as const, refused: [] };
    const weights = { kind: 'random' as const, path: null, note: null };
    const first = kept.keep(
      recipe,
      candidatesOf(recipe, outputs, geometry),
      resultOf('', { recipe, weights, half: false }, opened, detected, null),
    );
    const own = recipe.test.nmsIouThreshold;
    const id = first.suppression.candidates ?? -1;
    expect(first.suppression).toEqual({ own, threshold: own, fixed: null, candidates: id });
    expect(new KeptCandidates().suppress(id, own)).toBeNull();
    const counts = [0, 0.1, 0.35, own, 0.7, 0.95, 1, null].map(threshold => {
      const again = kept.suppress(id, threshold);
      expect(
        again?.detections.map(({ label, score, bbox }) => ({ label, score, bbox })),
        `${threshold}`,
      ).toEqual(run(threshold));
      expect(again?.suppression).toEqual({ ...first.suppression, threshold: threshold ?? own });
      return again?.detections.length ?? 0;
    });
    expect(counts.at(-1)).toBe(first.detections.length);
    // Not without effect on the way; YOLOX's six boxes lie apart.
    const boxes = (threshold: number): readonly (readonly number[])[] => kept.suppress(id, threshold)?.detections.map(d => d.bbox) ?? [];
    if (family !== 'yolox') expect(boxes(0.95)).not.toEqual(boxes(0));
  });
});

/** Of what float32 allows: a millionth of the score, a thousandth of a pixel. */
const apart = (ours: Detection, score: number, bbox: readonly number[]): number =>
  Math.max(Math.abs(ours.score - score) / 1e-6, ...bbox.map((side, k) => Math.abs(ours.bbox[k]! - side) / 1e-3));

/** All class scores first, then all boxes, then the third: the order in which a head returns them. */
function partsOf(levels: readonly Level[]): readonly RawOutput[] {
  const parts = levels.map(level => {
    const full = level.shapes.map((shape, part) => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(part === 1 ? 0 : NEVER));
    const cells = level.shapes[0]![2]! * level.shapes[0]![3]!;
    const logits = floats(level.logits);
    for (const [i, at] of whole(level.scored).entries()) full[0]![at] = logits[i]!;
    const places = whole(level.places);
    const numbers = floats(level.boxes);
    const sides = places.length ? numbers.length / places.length : 0;
    const third = floats(level.third ?? '');
    for (const [i, place] of places.entries()) {
      const [prior, cell] = [Math.floor(place / cells), place % cells];
      for (let side = 0; side < sides; side++) full[1]![(prior * sides + side) * cells + cell] = numbers[i * sides + side]!;
      if (third.length) full[2]![place] = third[i]!;
    }
    return full.map((data, part): RawOutput => ({ shape: level.shapes[part]!, data }));
  });
  return parts[0]!.flatMap((_, part) => parts.map(level => level[part]!));
}

const bytesOf = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text, 'base64')).buffer;
const floats = (text: string): Float32Array => new Float32Array(bytesOf(text));
const whole = (text: string): Uint32Array => new Uint32Array(bytesOf(text));
