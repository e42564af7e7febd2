/** What a user waits for: a photograph of 1920 × 1080, YOLOv5-s at 640, the CPU. Against the network's own run, and against MMYOLO where it is at hand. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Detector } from '../../server/detect/detect.ts';
import { assets } from '../../server/project/assets.ts';
import type { Project } from '../../server/project/project.ts';
import { mmyoloTime } from './mmyolo.ts';
import type { Row } from './timing.ts';
import { writeQuietWeights } from './weights-file.ts';

const RUNS = 15;

export interface Photograph {
  readonly config: string;
  readonly image: string;
  /** As `necktie.detect.device` has it. */
  readonly device: string;
}

/** `open`: as an editor opens a project, with nothing read yet. */
export async function photographRows(open: () => Promise<Project>, { config, image, device }: Photograph): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'necktie-bench-'));
  try {
    const checkpoint = join(folder, 'weights.safetensors');
    writeQuietWeights(await open(), config, checkpoint);
    const cache = join(folder, 'models');
    const cold = await runs(await open(), { config, image, device, checkpoint, cache }, 1);
    const kept = await runs(await open(), { config, image, device, checkpoint, cache }, RUNS);
    const middle = (of: (run: Run) => number): number => kept.later.map(of).sort((a, b) => a - b)[RUNS >> 1] ?? NaN;
    const session = { name: "the session's own run", milliseconds: middle(run => run.network) };
    const whole = middle(run => run.whole);
    const rows: Row[] = [
      { what: `the session's own run (${kept.provider})`, milliseconds: session.milliseconds, of: session },
      { what: 'picture to boxes', milliseconds: whole, of: session },
      { what: 'config and checkpoint to a session that is ready', milliseconds: cold.ready, of: session },
      { what: 'the same from the cache', milliseconds: kept.ready, of: session },
    ];
    const real = device === 'cpu' ? mmyoloTime(config, checkpoint, image, RUNS) : null;
    return real === null
      ? rows
      : [...rows, { what: 'MMYOLO, picture to boxes', milliseconds: real, of: { name: 'ours', milliseconds: whole } }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Run {
  readonly network: number;
  readonly whole: number;
}

/** `ready`: what the first run takes before it detects, its process's start included. */
async function runs(
  project: Project,
  { config, image, device, checkpoint, cache }: Photograph & { readonly checkpoint: string; readonly cache: string },
  count: number,
): Promise<{ readonly ready: number; readonly later: readonly Run[]; readonly provider: string }> {
  const detector = new Detector(assets.inference, cache);
  const find = async () => {
    const began = performance.now();
    let detecting = began;
    const found = await detector.find(
      project,
      { token: 'bench', config, image, checkpoint, device },
      { signal: new AbortController().signal, progress: p => void (p.phase.startsWith('Detecting') && (detecting = performance.now())) },
    );
    if (!('result' in found)) throw new Error(`${found.title}. ${found.text}`);
    const { timings, provider } = found.result;
    return { ready: detecting - began, network: timings.network, whole: performance.now() - began, provider };
  };
  try {
    const first = await find();
    const later: Run[] = [];
    for (let i = 0; i < count; i++) later.push(await find());
    return { ready: first.ready, later, provider: first.provider };
  } finally {
    detector.close();
  }
}
