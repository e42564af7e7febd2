/** What a user waits for: a photograph of 1920 × 1080, YOLOv5-s at 640, the CPU. Against the network's own run, and against MMYOLO where it is at hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Detector } from '../../server/detect/detect.ts';
import { assets } from '../../server/project/assets.ts';
import type { Project } from '../../server/project/project.ts';
import { mmyoloTime } from './mmyolo.ts';
import type { Row } from './timing.ts';
import { Unseen } from './unseen.ts';
import { writeQuietWeights } from './weights-file.ts';

const RUNS = 15;

export interface Photograph {
  readonly config: string;
  readonly image: string;
  /** As `necktie.device` has it. */
  readonly device: string;
  /** Absent: off. */
  readonly halfPrecision?: 'on' | 'off';
}

/** `open`: as an editor opens a project, with nothing read yet. */
export async function photographRows(
  open: () => Promise<Project>,
  { config, image, device, halfPrecision = 'off' }: Photograph,
): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'necktie-bench-'));
  const unseen = new Unseen();
  try {
    const checkpoint = join(folder, 'weights.safetensors');
    writeQuietWeights(await open(), config, checkpoint);
    const cache = join(folder, 'models');
    const others = Array.from({ length: RUNS }, () => unseen.copy(image));
    const film = Array.from({ length: RUNS + 1 }, () => unseen.copy(image));
    const first = { image };
    const cold = await runs(await open(), { config, device, halfPrecision, checkpoint, cache }, [first]);
    const kept = await runs(await open(), { config, device, halfPrecision, checkpoint, cache }, [
      first,
      ...others.map(image => ({ image })),
      ...others.map(() => first),
      ...film.map((image, i) => ({ image, next: film[i + 1] })),
    ]);
    const middle = (of: (run: Run) => number, from = 0): number =>
      kept.later
        .slice(from, from + RUNS)
        .map(of)
        .sort((a, b) => a - b)[RUNS >> 1] ?? NaN;
    const session = { name: "the session's own run", milliseconds: middle(run => run.network) };
    const whole = middle(run => run.whole);
    const rows: Row[] = [
      { what: `the session's own run (${kept.provider})`, milliseconds: session.milliseconds, of: session },
      { what: 'picture to boxes, each another picture', milliseconds: whole, of: session },
      { what: 'picture to boxes, the same picture again', milliseconds: middle(run => run.whole, RUNS), of: session },
      // The first of them is as another picture.
      { what: 'picture to boxes, the next after a look at one', milliseconds: middle(run => run.whole, 2 * RUNS + 1), of: session },
      { what: 'config and checkpoint to a session that is ready', milliseconds: cold.ready, of: session },
      { what: 'the same from the cache', milliseconds: kept.ready, of: session },
    ];
    const real = device === 'cpu' ? mmyoloTime(config, checkpoint, image, RUNS) : null;
    return real === null
      ? rows
      : [...rows, { what: 'MMYOLO, picture to boxes', milliseconds: real, of: { name: 'ours', milliseconds: whole } }];
  } finally {
    rmSync(folder, { recursive: true });
    unseen.remove();
  }
}

interface Asked {
  readonly image: string;
  /** Which is asked for after this one was looked at. */
  readonly next?: string | undefined;
}

/** Milliseconds that a picture is looked at, at the least. */
const LOOK = 150;

interface Run {
  readonly network: number;
  readonly whole: number;
}

/** `ready`: what the run of the first picture takes before it detects, its process's start included. */
async function runs(
  project: Project,
  {
    config,
    device,
    halfPrecision = 'off',
    checkpoint,
    cache,
  }: Omit<Photograph, 'image'> & { readonly checkpoint: string; readonly cache: string },
  [first, ...others]: readonly [Asked, ...Asked[]],
): Promise<{ readonly ready: number; readonly later: readonly Run[]; readonly provider: string }> {
  const detector = new Detector(assets.inference, cache);
  const find = async ({ image, next }: Asked) => {
    const began = performance.now();
    let detecting = began;
    const found = await detector.find(
      project,
      { token: 'bench', config, image, checkpoint, device, halfPrecision, ...(next !== undefined && { next }) },
      { signal: new AbortController().signal, progress: p => void (p.phase.startsWith('Detecting') && (detecting = performance.now())) },
    );
    if (!('result' in found)) throw new Error(`${found.title}. ${found.text}`);
    const { timings, provider, half } = found.result;
    const whole = performance.now() - began;
    if (next !== undefined) await new Promise(done => setTimeout(done, LOOK));
    return { ready: detecting - began, network: timings.network, whole, provider: half ? `${provider}, half` : provider };
  };
  try {
    const { ready, provider } = await find(first);
    const later: Run[] = [];
    for (const other of others) later.push(await find(other));
    return { ready, later, provider };
  } finally {
    detector.close();
  }
}
