/** Faults of the process that runs the model: killed, out of memory, hanging, stopped. Each is told, the next run works, and nothing is left behind. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Session, SessionProblem } from '../../runtime/index.ts';
import { Detector, type DetectRunning, type Found } from '../../server/detect/detect.ts';
import { findAll } from '../../server/detect/find-all.ts';
import type { DetectProblem } from '../../server/protocol.ts';
import { zoo } from '../zoo.ts';
import { count, demo, detector, exported, find, folder, goesOn, meadow, open, program, quiet } from './faults-set-up.ts';

describe('the process that runs the model', () => {
  it.each(['Loading the model', 'Detecting on CPU'])('is killed while it is at “%s”', async phase => {
    const fresh = new Detector(program, null);
    const killed = await find(
      meadow,
      {
        signal: new AbortController().signal,
        // It starts with what is asked of it next.
        progress: ({ phase: now }) => void (now === phase && setTimeout(() => fresh.pid !== null && process.kill(fresh.pid, 'SIGKILL'), 1)),
      },
      fresh,
    );
    expect(killed).toMatchObject({ code: 'child-died', title: 'The process that runs the model died' });
    expect('text' in killed && killed.text).toMatch(
      /SIGKILL \(often: not enough memory\).*started again with the next run.*choose the device cpu/s,
    );
    await goesOn(fresh);
    fresh.close();
  });
  it.skipIf(!existsSync(`${zoo}/mmdet`))('is killed while it reads the size of a picture that the network depends on', async () => {
    const at = mkdtempSync(join(folder, 'measured-'));
    const config = join(at, 'retinanet.py');
    writeFileSync(
      config,
      `_base_ = '${zoo}/mmdet/.mim/configs/retinanet/retinanet_r18_fpn_1x_coco.py'\nmodel = dict(backbone=dict(init_cfg=None))\n`,
    );
    const project = await open(at, true);
    const dying = join(at, 'dying.mjs');
    // Once, at that question.
    writeFileSync(
      dying,
      `import { existsSync, writeFileSync } from 'node:fs';
await import(${JSON.stringify(program)});
process.prependListener('message', ({ kind }) => {
  if (kind !== 'measure' || existsSync('${dying}.done')) return;
  writeFileSync('${dying}.done', '');
  process.kill(process.pid, 'SIGKILL');
});
`,
    );
    const fresh = new Detector(dying, null);
    const run = (): Promise<Found | DetectProblem> =>
      fresh.find(project, { token: 't', config, image: `${demo}/images/tiny.png`, checkpoint: null, device: 'cpu' }, quiet());
    expect(await run()).toMatchObject({ code: 'child-died', title: 'The process that runs the model died' });
    expect(typeof count(await run())).toBe('number');
    fresh.close();
  });
  it('is killed between two runs', async () => {
    await goesOn();
    const { pid } = detector;
    if (pid === null) throw new Error('no process');
    process.kill(pid, 'SIGKILL');
    // Whether its end is known by then or not: told as what it is, or not noticed at all.
    const next = await find(meadow);
    expect('result' in next || next.code === 'child-died').toBe(true);
    await goesOn();
  });
  it('is killed while several pictures are in it: one is told at most, and all others are found', async () => {
    const images = readdirSync(`${demo}/images`).map(name => `${demo}/images/${name}`);
    const told: (number | string)[] = [];
    for await (const { answer } of findAll(images, image => find(image))) {
      told.push(count(answer));
      if (told.length === 3 && detector.pid !== null) process.kill(detector.pid, 'SIGKILL');
    }
    expect(told).toHaveLength(images.length);
    expect(told.filter(answer => typeof answer === 'string').length).toBeLessThan(2);
  });
  it.skipIf(!existsSync('/usr/bin/prlimit')).each<[string, number, 'open' | 'expect', RegExp]>([
    ['for a large picture', 100, 'expect', /not enough memory to decode it. Scale it down/],
    // Where there is no room for a last word either, it ends without one.
    ['for the model', 0, 'open', /Close other programs|ended by SIGSEGV\. It is started again/],
  ])('has no memory %s: told, and the next run goes well', async (_, megabytes, at, text) => {
    const starving = join(folder, `starving-${at}.mjs`);
    // From that question on it may have so much more than it has, and the system refuses the rest.
    writeFileSync(
      starving,
      `import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
await import(${JSON.stringify(program)});
process.prependListener('message', ({ kind, image = '' }) => {
  if (kind !== '${at}' || image.endsWith('meadow.jpg') || existsSync('${starving}.done')) return;
  writeFileSync('${starving}.done', '');
  const size = 1024 * Number(/VmSize:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  execFileSync('/usr/bin/prlimit', ['--pid', String(process.pid), '--as=' + (size + ${megabytes} * 2 ** 20)]);
});
`,
    );
    const large = join(folder, 'large.png');
    await sharp({ create: { width: 9000, height: 9000, channels: 3, background: '#a33' } })
      .png({ compressionLevel: 1 })
      .toFile(large);
    const starved = new Detector(starving, null);
    try {
      // A picture is read while the model is loaded, which takes room too: that is done before.
      if (at === 'expect') await goesOn(starved);
      const answer = await find(large, quiet(), starved);
      if ('result' in answer) throw new Error('it had enough');
      expect(answer.text).toMatch(text);
      await goesOn(starved);
    } finally {
      starved.close();
    }
  });
  it('hangs while a provider is made: a stop ends it within a second, and nothing is left', async () => {
    const hanging = join(folder, 'hanging.mjs');
    writeFileSync(hanging, "process.on('message', () => { for (;;); });\n");
    const session = new Session({ program: hanging });
    const stop = new AbortController();
    const asked = session.open({ model: exported, version: '1', providers: ['cuda', 'cpu'], compare: false }, stop.signal);
    const { pid } = session;
    setTimeout(() => stop.abort(), 200);
    const began = performance.now();
    await expect(asked).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(asked).rejects.toBeInstanceOf(SessionProblem);
    expect(performance.now() - began).toBeLessThan(1200);
    await expect.poll(() => pid !== null && existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toBeFalsy();
  });
});

describe('a stop', () => {
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const isAlive = (pid: number | null): boolean =>
    pid !== null && existsSync(`/proc/${pid}/cmdline`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';

  it.each(['Loading the model', 'Detecting on CPU'])(
    'at “%s” ends the process at once, and another is ready as soon as the first was',
    async phase => {
      const fresh = new Detector(program, null);
      const first = await timed(() => goesOn(fresh));
      // As after another model: it must load again.
      fresh.close();
      const stop = new AbortController();
      let [pid, stopped]: [number | null, number] = [null, 0];
      const answer = await find(
        meadow,
        {
          signal: stop.signal,
          progress: ({ phase: now }) => {
            if (now !== phase) return;
            setTimeout(() => {
              [pid, stopped] = [fresh.pid, performance.now()];
              stop.abort();
            }, 1);
          },
        },
        fresh,
      );
      const took = performance.now() - stopped;
      expect(answer).toMatchObject({ code: 'cancelled', title: 'Stopped' });
      expect(pid).not.toBeNull();
      expect(fresh.pid).toBeNull();
      // Idle it takes milliseconds, and the next run what the first took.
      expect(took).toBeLessThan(1000);
      expect(await timed(() => goesOn(fresh))).toBeLessThan(3 * first + 1000);
      if (existsSync('/proc/self')) await expect.poll(() => isAlive(pid)).toBe(false);
      fresh.close();
    },
  );
  it
    .skipIf(!existsSync(`${zoo}/mmyolo`))
    .each(['Reading the config', 'Reading shapes_yolov5_tiny.pth', 'Building the network', 'Writing the model'])(
    'at “%s” ends the run before a model is loaded, and leaves no half of a model',
    async phase => {
      const at = mkdtempSync(join(folder, 'stopped-'));
      const fresh = new Detector(program, at);
      const sources = await open(demo, true);
      const stop = new AbortController();
      const phases: string[] = [];
      const run = (running: DetectRunning): Promise<Found | DetectProblem> =>
        fresh.find(
          sources,
          { token: 't', config: `${demo}/shapes_yolov5_tiny.py`, image: meadow, checkpoint: null, device: 'cpu' },
          running,
        );
      const answer = await run({
        signal: stop.signal,
        progress: ({ phase: now }) => {
          phases.push(now);
          if (now === phase) stop.abort();
        },
      });
      expect(answer).toMatchObject({ code: 'cancelled' });
      expect(phases).toContain(phase);
      expect(phases).not.toContain('Loading the model');
      expect(readdirSync(at).filter(name => !/\.(onnx|json)$/.test(name))).toEqual([]);
      expect(count(await run(quiet()))).toBe(84);
      fresh.close();
    },
  );
});
