/** What tests of faults share: the demo, a process that runs its model, and what it always finds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect } from 'vitest';
import { Detector, type DetectRunning, type Found } from '../../server/detect/detect.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import type { DetectProblem } from '../../server/protocol.ts';
import { inferenceProgram } from '../inference-program.ts';
import { zoo } from '../zoo.ts';

export const configs = fileURLToPath(new URL('../../configs', import.meta.url));
export const demo = `${configs}/demo`;
export const meadow = `${demo}/images/meadow.jpg`;
export const folder = mkdtempSync(join(tmpdir(), 'necktie-faults-'));
export let program: string;
export let detector: Detector;
beforeAll(async () => {
  program = await inferenceProgram();
  detector = new Detector(program, null);
});
afterAll(() => {
  detector.close();
  rmSync(folder, { recursive: true });
});

export const open = (root: string, sources = false): Promise<Project> =>
  Project.open(null, {
    roots: [root],
    settings: { ...DEFAULT_SETTINGS, environment: sources, sitePackages: sources ? [zoo] : [] },
    env: {},
    cancel: new Int32Array(2),
    models: true,
  });
export const place = open(demo);
export const exported = `${demo}/shapes_yolov5_tiny.onnx`;
export const quiet = (): DetectRunning => ({ signal: new AbortController().signal, progress: () => undefined });
export const find = async (image: string, running = quiet(), by = detector): Promise<Found | DetectProblem> =>
  by.find(await place, { token: 't', config: `${demo}/shapes_yolov5_tiny.py`, image, checkpoint: exported, device: 'cpu' }, running);
export const count = (answer: Found | DetectProblem): number | string =>
  'result' in answer ? answer.result.detections.length : answer.title;

/** Over, and the next run finds what it always finds. */
export async function goesOn(by = detector): Promise<void> {
  expect(count(await find(meadow, quiet(), by))).toBe(84);
}
