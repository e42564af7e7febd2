/** From the demo's validation pictures to COCO's figures: those that mmyolo's detections have by pycocotools (tests/data/demo/val-figures.json). */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cocoFigures, type FoundBox } from '../../runtime/index.ts';
import { Detector } from '../../server/detect/detect.ts';
import { detectOnSet } from '../../server/detect/evaluate.ts';
import { DetectFailure } from '../../server/detect/problem.ts';
import { ValidationSets } from '../../server/detect/validation-sets.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { dataText } from '../data-file.ts';
import { inferenceProgram } from '../inference-program.ts';

const demo = fileURLToPath(new URL('../../configs/demo', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'necktie-evaluate-'));
const BASES = ['_base_', 'yolov5_s-v61_syncbn_8xb16-300e_coco.py'];
let detector: Detector;
beforeAll(async () => {
  detector = new Detector(await inferenceProgram(), null);
});
afterAll(() => {
  detector.close();
  rmSync(folder, { recursive: true });
});

/** With the model that was exported: no libraries are needed. */
async function evaluated(at: string, signal = new AbortController().signal): Promise<{ stats: readonly number[]; perClass: unknown }> {
  const settings = { ...DEFAULT_SETTINGS, environment: false };
  const project = await Project.open(null, { roots: [at], settings, env: {}, cancel: new Int32Array(2), models: true });
  const config = `${at}/shapes_yolov5_tiny.py`;
  const set = new ValidationSets().of(project, config);
  const wish = { config, checkpoint: `${demo}/shapes_yolov5_tiny.onnx`, device: 'cpu' };
  const found: FoundBox[] = [];
  for await (const one of detectOnSet(detector, project, set, wish, { signal, progress: () => undefined })) found.push(...one.found);
  return cocoFigures(set.truth, found, set.categories);
}

it('the figures of the demo', async () => {
  const truth: { stats: number[]; per_class: Record<string, number[]> } = JSON.parse(dataText('demo/val-figures.json'));
  const { stats, perClass } = await evaluated(demo);
  expect(stats).toEqual(truth.stats.map(figure => expect.closeTo(figure, 3)));
  expect(perClass).toEqual(
    Object.entries(truth.per_class).map(([name, row]) => {
      const [ap, ap50, ap75] = row.map(figure => expect.closeTo(figure, 3));
      return { name, ap, ap50, ap75 };
    }),
  );
});

describe('what stands in the way of figures', () => {
  const copy = (name: string): string => {
    const at = join(folder, name);
    cpSync(demo, at, { recursive: true, filter: path => !path.endsWith('.pth') });
    // Its bases lie beside the demo's folder.
    for (const base of BASES) cpSync(join(demo, '..', base), join(folder, base), { recursive: true });
    return at;
  };
  const problem = async (at: string): Promise<DetectFailure['problem']> => {
    const e = await evaluated(at).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (e instanceof DetectFailure) return e.problem;
    throw e ?? new Error('there were figures');
  };

  it('a picture that is not there: all of them are named before anything runs', async () => {
    const at = copy('missing');
    for (const name of ['00003', '00007']) rmSync(join(at, `data/shapes/val/${name}.jpg`));
    expect(await problem(at)).toMatchObject({ code: 'no-truth', title: '2 of 24 pictures are not there' });
  });
  it('a picture that is none', async () => {
    const at = copy('broken');
    writeFileSync(join(at, 'data/shapes/val/00005.jpg'), '');
    expect(await problem(at)).toMatchObject({ code: 'image-unreadable', title: '00005.jpg cannot be read' });
  });
  it('no annotation file', async () => {
    const at = copy('unannotated');
    rmSync(join(at, 'data/shapes/annotations/val.json'));
    const told = await problem(at);
    expect(told).toMatchObject({ code: 'no-truth', title: 'The annotation file is not there' });
    expect(told.details[0]?.values).toContain(`${at}/data/shapes/annotations/val.json`);
  });
  it('classes that the annotation file does not have', async () => {
    const at = copy('renamed');
    const file = join(at, 'data/shapes/annotations/val.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"hexagon"', '"six corners"'));
    expect(await problem(at)).toMatchObject({
      title: 'val.json has other classes than the config',
      text: expect.stringContaining('`hexagon`'),
    });
  });
  it('a stop', async () => {
    const stop = new AbortController();
    const running = evaluated(demo, stop.signal);
    setTimeout(() => stop.abort(), 100);
    await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    expect((await evaluated(demo)).stats).toHaveLength(12);
  });
});
