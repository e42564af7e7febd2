/**
 * Whole runs, config and checkpoint to boxes, against the sets of thin official configs (`../shared/data/detect` beside the clone; 30 MB, so not in it): the same
 * number of detections, and for each one of the same label, its score within 1e-3 and its box within 0.5 px. Their order is that of the score, but for scores that
 * float32 cannot tell apart: a PyTorch that sums its convolutions in another order swaps them as well.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Detector } from '../../server/detect/detect.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import type { DetectionRecord } from '../../server/protocol.ts';
import { inferenceProgram } from '../inference-program.ts';
import { zoo } from '../zoo.ts';

const shared = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const sets = `${shared}/detect`;
const FAMILIES = ['yolov5', 'yolov6', 'yolov7', 'yolov8', 'yolox', 'rtmdet', 'ppyoloe', 'retinanet', 'fcos', 'atss', 'gfl', 'rtmdet_mmdet'];
/** Places that a detection may be off among its neighbours. */
const NEIGHBOURS = 3;

interface Reference {
  readonly image: string;
  readonly input_shape: readonly number[];
  readonly detections: readonly DetectionRecord[];
}

let detector: Detector;
beforeAll(async () => {
  detector = new Detector(await inferenceProgram(), null);
});
afterAll(() => detector?.close());

describe.skipIf(!existsSync(`${sets}/yolov5_thin.pth`) || !existsSync(`${zoo}/mmyolo`))('thin official configs', () => {
  const project = Project.open(null, {
    roots: [sets],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(2),
    models: true,
  });
  it.each(FAMILIES)('%s', async family => {
    const config = `${sets}/${family}_thin.py`;
    const reference = readFileSync(`${sets}/${family}_thin.jsonl`, 'utf8').trim().split('\n');
    for (const truth of reference.map((line): Reference => JSON.parse(line))) {
      const params = {
        token: '',
        config,
        image: `${shared}/demo/images/${truth.image}`,
        checkpoint: `${sets}/${family}_thin.pth`,
        device: 'cpu',
      };
      const answer = await detector.find(await project, params, { signal: new AbortController().signal, progress: () => undefined });
      if (!('result' in answer)) throw new Error(`${answer.title}. ${answer.text}`);
      expect(answer.seen.inputShape).toEqual(truth.input_shape);
      // yolox's were recorded above 0.005.
      const ours = answer.result.detections.filter(d => family !== 'yolox' || d.score > 0.005);
      expect([truth.image, ours.length]).toEqual([truth.image, truth.detections.length]);
      expect(unmatched(truth.detections, ours), truth.image).toEqual([]);
    }
  });
});

function unmatched(truth: readonly DetectionRecord[], ours: readonly DetectionRecord[]): readonly string[] {
  const taken = new Set<number>();
  return truth.flatMap(({ label, score, bbox }, i) => {
    for (let k = Math.max(0, i - NEIGHBOURS); k <= i + NEIGHBOURS; k++) {
      const other = ours[k];
      if (!other || taken.has(k) || other.label !== label || Math.abs(other.score - score) > 1e-3) continue;
      if (other.bbox.some((side, s) => Math.abs(side - bbox[s]!) > 0.5)) continue;
      taken.add(k);
      return [];
    }
    return [`#${i} ${label} ${score}`];
  });
}
