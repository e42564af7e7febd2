/**
 * Runs in a row, of all of the demo's pictures in turn, each time another file (what was seen before is not read again), and with what went into suppression kept, as a panel asks: neither this process nor the one that runs the
 * model grows. `NECKTIE_RUNS=1000` for the long row; elsewhere a shorter one, which still finds a tenth of a megabyte that each run leaves.
 */
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it, vi } from 'vitest';
import { Detector } from '../../server/detect/detect.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { inferenceProgram } from '../inference-program.ts';

const demo = fileURLToPath(new URL('../../configs/demo', import.meta.url));
const RUNS = Number(process.env['NECKTIE_RUNS'] ?? 600);
/** Before that, caches fill (of prepared pictures with the first 27) and the collectors learn how much they are given. */
const WARM = Math.ceil(RUNS / 5);
/** So much is chance and what the allocator scatters: up to 17 MB were seen, and 30 where each run leaves a tenth of a megabyte more. */
const MOST_MB = { child: 24, heap: 2 };

interface Memory {
  readonly child: number;
  readonly heap: number;
}

it.skipIf(!existsSync('/proc/self/statm'))(
  `${RUNS} runs in a row leave memory flat`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'necktie-runs-'));
    // What the model's process frees goes back to the system at once, so that what is resident is held.
    vi.stubEnv('MALLOC_ARENA_MAX', '1');
    vi.stubEnv('MALLOC_TRIM_THRESHOLD_', '65536');
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
        const copy = join(folder, `${run}-${basename(image)}`);
        copyFileSync(image, copy);
        const answer = await detector.find(project, { ...wish, image: copy, keeps: true }, running);
        rmSync(copy);
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
      vi.unstubAllEnvs();
      rmSync(folder, { recursive: true });
    }
    const part = Math.floor(seen.length / 2);
    const [first, last] = [least(seen.slice(0, part)), least(seen.slice(-part))];
    if (process.env['NECKTIE_RUNS'] !== undefined) process.stdout.write(`${told(seen)}\n`);
    expect(last.child - first.child).toBeLessThan(MOST_MB.child);
    expect(last.heap - first.heap).toBeLessThan(MOST_MB.heap);
  },
  3_600_000,
);

/** What leaks raises the least too; garbage, which is collected every fifty runs or so, only what lies above it. */
const least = (of: readonly Memory[]): Memory => ({ child: Math.min(...of.map(m => m.child)), heap: Math.min(...of.map(m => m.heap)) });

const told = (seen: readonly Memory[]): string =>
  Array.from({ length: 4 }, (_, i) => least(seen.slice((i * seen.length) / 4, ((i + 1) * seen.length) / 4)))
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
