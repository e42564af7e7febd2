/** Detection, phase by phase, against the network's own run on the same picture. */
import { Detector } from '../../server/detect/detect.ts';
import { findAll } from '../../server/detect/find-all.ts';
import { assets } from '../../server/project/assets.ts';
import type { Project } from '../../server/project/project.ts';
import { quantile, type Row } from './timing.ts';
import { Unseen } from './unseen.ts';

const RUNS = 15;

export async function detectionRows(project: Project, config: string, image: string, reference: Row['of']): Promise<readonly Row[]> {
  const detector = new Detector(assets.inference, null);
  const unseen = new Unseen();
  const find = async () => {
    const copy = unseen.copy(image);
    let phases: readonly { readonly phase: string; readonly seconds: number }[] = [];
    const began = performance.now();
    const found = await detector.find(
      project,
      { token: 'bench', config, image: copy, checkpoint: null, device: 'cpu' },
      { signal: new AbortController().signal, progress: p => void (phases = p.finished) },
    );
    if (!('result' in found)) throw new Error(`${found.title}. ${found.text}`);
    return { phases, whole: performance.now() - began, ...found.result.timings };
  };
  try {
    const first = await find();
    const later: (typeof first)[] = [];
    for (let i = 0; i < RUNS; i++) later.push(await find());
    const middle = (of: (run: typeof first) => number): number => later.map(of).sort((a, b) => a - b)[RUNS >> 1] ?? NaN;
    const network = middle(run => run.network);
    const of = { name: 'the network', milliseconds: network };
    return [
      { what: "the network's own run", milliseconds: network, of: reference },
      { what: 'preparing the picture', milliseconds: middle(run => run.prepare), of },
      { what: 'boxes from its outputs', milliseconds: middle(run => run.decode), of },
      ...(later[0]?.phases ?? []).map(({ phase }, i) => ({
        what: `asked again: ${phase}`,
        milliseconds: middle(run => (run.phases[i]?.seconds ?? NaN) * 1000),
        of,
      })),
      { what: 'asked again, all', milliseconds: middle(run => run.whole), of },
      ...first.phases.map(({ phase, seconds }) => ({ what: `the first time: ${phase}`, milliseconds: seconds * 1000, of })),
      { what: 'the first time, all', milliseconds: first.whole, of },
    ];
  } finally {
    detector.close();
    unseen.remove();
  }
}

const ROUNDS = 9;

/** All pictures of a folder: each after the one before is done, and with the next prepared meanwhile. */
export async function folderRows(project: Project, config: string, images: readonly string[]): Promise<readonly Row[]> {
  // Two processes, so that each way has its own: for many pictures the network leaves a core to who prepares them.
  const [single, many] = [new Detector(assets.inference, null), new Detector(assets.inference, null)];
  const wish = { config, checkpoint: null, device: 'cpu' };
  const running = { signal: new AbortController().signal, progress: () => undefined };
  const series = many.series(project, wish, running);
  const unseen = new Unseen();
  const copies = (): readonly string[] => images.map(image => unseen.copy(image));
  const oneByOne = async (pictures: readonly string[]): Promise<void> => {
    for (const image of pictures) await single.find(project, { token: image, image, ...wish }, running);
  };
  const overlapped = async (pictures: readonly string[]): Promise<void> => {
    for await (const { image, answer } of findAll(pictures, series))
      if (!('result' in answer)) throw new Error(`${image}: ${answer.title}`);
  };
  try {
    await oneByOne(copies());
    await overlapped(copies());
    // In turns: what else the machine does meanwhile is the same for both.
    const times: { readonly one: number; readonly all: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [first, second] = [copies(), copies()];
      const began = performance.now();
      await oneByOne(first);
      const middle = performance.now();
      await overlapped(second);
      times.push({ one: middle - began, all: performance.now() - middle });
    }
    const one = quantile(
      times.map(t => t.one),
      0.5,
    );
    const all = quantile(
      times.map(t => t.all),
      0.5,
    );
    const of = { name: 'overlapped', milliseconds: all };
    return [
      { what: `a folder of ${images.length} pictures, one by one`, milliseconds: one, of },
      { what: 'the same, the next prepared meanwhile', milliseconds: all, of },
    ];
  } finally {
    single.close();
    many.close();
    unseen.remove();
  }
}
