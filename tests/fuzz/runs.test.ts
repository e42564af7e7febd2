/**
 * Runs in a row, of all of the demo's pictures in turn and with what went into suppression kept, as a panel asks: neither this process nor the one that runs the
 * model grows. `NECKTIE_RUNS=1000` for the long row; elsewhere a short one, which finds what leaks a picture a run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Detector } from '../../server/detect/detect.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { inferenceProgram } from '../inference-program.ts';

const demo = fileURLToPath(new URL('../../configs/demo', import.meta.url));
const RUNS = Number(process.env['NECKTIE_RUNS'] ?? 72);
/** Before that, caches fill and the collectors learn how much they are given. */
const WARM = Math.ceil(RUNS / 3);
/** A picture of the demo takes up to 6 MB decoded, its input 1.2 MB. */
const MOST_MB = 24;

interface Memory {
  readonly child: number;
  readonly heap: number;
}

it.skipIf(!existsSync('/proc/self/statm'))(
  `${RUNS} runs in a row leave memory flat`,
  async () => {
    const detector = new Detector(await inferenceProgram(), null);
    const project = await Project.open(null, {
      roots: [demo],
      settings: { ...DEFAULT_SETTINGS, environment: false },
      env: {},
      cancel: new Int32Array(2),
      models: true,
    });
    const images = readdirSync(`${demo}/images`).map(name => `${demo}/images/${name}`);
    const wish = { token: 't', config: `${demo}/shapes_yolov5_tiny.py`, checkpoint: `${demo}/shapes_yolov5_tiny.onnx`, device: 'cpu' };
    const counts = new Map<string, number>();
    const seen: Memory[] = [];
    let pid: number | null = null;
    try {
      for (let run = 0; run < RUNS; run++) {
        const image = images[run % images.length] ?? '';
        const running = { signal: new AbortController().signal, progress: (): void => undefined };
        const answer = await detector.find(project, { ...wish, image, keeps: true }, running);
        if (!('result' in answer)) throw new Error(`${answer.title}. ${answer.text}`);
        const { candidates } = answer.result.suppression;
        detector.suppress({ candidates: candidates ?? -1, iouThreshold: 0.3 });
        // And each picture's boxes are what they were the first time.
        const before = counts.get(image);
        if (before !== undefined && before !== answer.result.detections.length) throw new Error(`run ${run} found other boxes`);
        counts.set(image, answer.result.detections.length);
        pid ??= detector.pid;
        if (run >= WARM) seen.push({ child: residentMegabytes(detector.pid), heap: heapMegabytes() });
      }
      // One process all the time.
      expect(detector.pid).toBe(pid);
    } finally {
      detector.close();
    }
    const part = Math.max(1, Math.floor(seen.length / 5));
    const [first, last] = [seen.slice(0, part), seen.slice(-part)].map(peak);
    if (process.env['NECKTIE_RUNS'] !== undefined) process.stdout.write(`${told(seen)}\n`);
    expect((last?.child ?? 0) - (first?.child ?? 0)).toBeLessThan(MOST_MB);
    expect((last?.heap ?? 0) - (first?.heap ?? 0)).toBeLessThan(MOST_MB / 4);
  },
  3_600_000,
);

const peak = (of: readonly Memory[]): Memory => ({ child: Math.max(...of.map(m => m.child)), heap: Math.max(...of.map(m => m.heap)) });

const told = (seen: readonly Memory[]): string =>
  Array.from({ length: 5 }, (_, i) => peak(seen.slice((i * seen.length) / 5, ((i + 1) * seen.length) / 5)))
    .map(({ child, heap }) => `${child.toFixed(0)} MB in the model's process, ${heap.toFixed(1)} MB of heap here`)
    .join('\n');

/** Pages are of 4 KB. */
const residentMegabytes = (pid: number | null): number =>
  pid === null ? 0 : (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 2 ** 20;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');
function heapMegabytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
}
