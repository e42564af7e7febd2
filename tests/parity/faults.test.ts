/** What can happen to a detection: each is told in words, the next run goes well, and nothing is left behind. With a model that was exported: no libraries are needed. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Session, SessionProblem } from '../../runtime/index.ts';
import { Detector, type DetectRunning, type Found } from '../../server/detect/detect.ts';
import { findAll } from '../../server/detect/find-all.ts';
import { ModelCache } from '../../server/detect/model-cache.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { draftOf } from '../../server/project/whole-file.ts';
import type { DetectProblem } from '../../server/protocol.ts';
import { inferenceProgram } from '../inference-program.ts';
import { zoo } from '../zoo.ts';

const configs = fileURLToPath(new URL('../../configs', import.meta.url));
const demo = `${configs}/demo`;
const meadow = `${demo}/images/meadow.jpg`;
const folder = mkdtempSync(join(tmpdir(), 'necktie-faults-'));
let program: string;
let detector: Detector;
beforeAll(async () => {
  program = await inferenceProgram();
  detector = new Detector(program, null);
});
afterAll(() => {
  detector.close();
  rmSync(folder, { recursive: true });
});

const open = (root: string, sources = false): Promise<Project> =>
  Project.open(null, {
    roots: [root],
    settings: { ...DEFAULT_SETTINGS, environment: sources, sitePackages: sources ? [zoo] : [] },
    env: {},
    cancel: new Int32Array(2),
    models: true,
  });
const place = open(demo);
const exported = `${demo}/shapes_yolov5_tiny.onnx`;
const quiet = (): DetectRunning => ({ signal: new AbortController().signal, progress: () => undefined });
const find = async (image: string, running = quiet(), by = detector): Promise<Found | DetectProblem> =>
  by.find(await place, { token: 't', config: `${demo}/shapes_yolov5_tiny.py`, image, checkpoint: exported, device: 'cpu' }, running);
const count = (answer: Found | DetectProblem): number | string => ('result' in answer ? answer.result.detections.length : answer.title);

/** Over, and the next run finds what it always finds. */
async function goesOn(by = detector): Promise<void> {
  expect(count(await find(meadow, quiet(), by))).toBe(84);
}

describe('pictures', () => {
  const jpeg = readFileSync(meadow);
  /** A PNG's head that claims so many pixels, and no pixels. */
  const claiming = (width: number, height: number): Buffer => {
    const png = Buffer.from(readFileSync(`${demo}/images/tiny.png`));
    png.writeUInt32BE(width, 16);
    png.writeUInt32BE(height, 20);
    // The head's checksum.
    png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
    return png;
  };
  it.each<[string, string, () => Buffer, RegExp]>([
    ['of no bytes', 'empty.jpg', () => Buffer.alloc(0), /no picture in a format that is read|cannot be decoded/],
    ['a JPEG that ends in the middle', 'cut.jpg', () => jpeg.subarray(0, jpeg.length >> 1), /cannot be decoded.*save it again/s],
    ['30,000 × 30,000', 'huge.png', () => claiming(30_000, 30_000), /more than 268 million pixels. Scale it down/],
    ['claims that no picture is as large as', 'claim.png', () => claiming(0x7fffffff, 0x7fffffff), /pixels|cannot be decoded/],
    ['a web page', 'page.jpg', () => Buffer.from('<!doctype html><title>404</title>'), /no picture in a format/],
    ['a bitmap that claims 4 GB', 'huge.bmp', hugeBitmap, /pixels/],
  ])('%s', async (_, name, content, text) => {
    const path = join(folder, name);
    writeFileSync(path, content());
    const answer = await find(path);
    expect(answer).toMatchObject({ kind: 'problem', code: 'image-unreadable', title: `${name} cannot be read` });
    expect('text' in answer && answer.text).toMatch(text);
    await goesOn();
  });

  const square = (): Sharp => sharp({ create: { width: 64, height: 64, channels: 3, background: '#a33' } });
  it.each<[string, string, (path: string) => Promise<unknown>]>([
    ['printers’ inks', 'inks.jpg', path => square().toColourspace('cmyk').jpeg().toFile(path)],
    ['16 bits a channel', 'deep.png', path => square().toColourspace('rgb16').png().toFile(path)],
    [
      'an animation, of which the first picture counts',
      'moving.gif',
      path =>
        sharp([meadow, meadow], { join: { animated: true } })
          .gif()
          .toFile(path),
    ],
    ['one pixel', 'one.png', path => square().resize(1, 1).png().toFile(path)],
    ['a line of pixels', 'line.png', path => square().resize(3000, 1, { fit: 'fill' }).png().toFile(path)],
  ])('%s', async (_, name, write) => {
    const path = join(folder, name);
    await write(path);
    expect(typeof count(await find(path))).toBe('number');
    await goesOn();
  });

  it('a folder that vanishes while it is gone through: each picture is told, none is left out', async () => {
    const at = join(folder, 'vanishing');
    cpSync(`${demo}/images`, at, { recursive: true });
    const images = readdirSync(at).map(name => join(at, name));
    const told: string[] = [];
    for await (const { answer } of findAll(images, image => find(image))) {
      told.push('result' in answer ? 'found' : answer.code);
      if (told.length === 2) rmSync(at, { recursive: true });
    }
    expect(told).toHaveLength(images.length);
    expect(told.slice(0, 2)).toEqual(['found', 'found']);
    expect(told.at(-1)).toBe('image-unreadable');
    await goesOn();
  });
});

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

describe('the cache', () => {
  const host = new NodeHost();
  it('a model that cannot be written leaves no half of itself, and runs from memory', () => {
    const at = join(folder, 'full');
    const cache = new ModelCache(at);
    // Where the model's file would be lies a folder that is not empty: as with a full disk the last step fails.
    const key = cache.key('model');
    mkdirSync(join(at, `${key}.onnx`, 'in the way'), { recursive: true });
    const model = Buffer.from('model');
    expect(cache.keep(host, key, model, [])).toBe(model);
    expect(cache.find(host, key)).toBe(model);
    expect(readdirSync(at)).toEqual([`${key}.onnx`]);
  });
  it.skipIf(!existsSync('/dev/full'))(
    'a full disk: nothing half is left, the model runs from memory, and is kept as soon as there is room',
    async () => {
      const at = join(folder, 'no-room');
      const cache = new ModelCache(at);
      const key = cache.key('model');
      mkdirSync(at);
      // What is written to it finds no room, as the system tells it.
      symlinkSync('/dev/full', draftOf(join(at, `${key}.onnx`)));
      const model = readFileSync(exported);
      expect(cache.keep(host, key, model, [])).toBe(model);
      expect(readdirSync(at)).toEqual([]);
      const found = cache.find(host, key);
      expect(found).toBe(model);
      const session = new Session({ program });
      try {
        const opened = await session.open(
          { model: found ?? '', version: key, providers: ['cpu'], compare: false },
          new AbortController().signal,
        );
        expect(opened.provider).toBe('cpu');
      } finally {
        session.close();
      }
      expect(cache.keep(host, key, model, [])).toBe(join(at, `${key}.onnx`));
    },
  );
  it.skipIf(!existsSync(`${zoo}/mmyolo`))(
    'two windows with one cache: both find the same, though one takes the other’s models away',
    async () => {
      const at = join(folder, 'shared');
      const sources = await open(demo, true);
      const run = async (by: Detector): Promise<number | string> =>
        count(
          await by.find(
            sources,
            { token: 't', config: `${demo}/shapes_yolov5_tiny.py`, image: meadow, checkpoint: null, device: 'cpu' },
            quiet(),
          ),
        );
      const windows = [new Detector(program, at), new Detector(program, at)];
      expect(await Promise.all(windows.map(run))).toEqual([84, 84]);
      expect(readdirSync(at).filter(name => !/\.(onnx|json)$/.test(name))).toEqual([]);
      for (const name of readdirSync(at)) rmSync(join(at, name));
      expect(await Promise.all(windows.map(run))).toEqual([84, 84]);
      for (const window of windows) window.close();
    },
  );
});

describe('the config', () => {
  it.skipIf(!existsSync(`${zoo}/mmyolo`))('is edited during a run: that one ends as it began, the next is of the new text', async () => {
    const at = join(folder, 'edited');
    cpSync(configs, at, { recursive: true });
    const config = join(at, 'demo/shapes_yolov5_tiny.py');
    const project = await open(join(at, 'demo'), true);
    const run = (running: DetectRunning): Promise<Found | DetectProblem> =>
      detector.find(project, { token: 't', config, image: meadow, checkpoint: null, device: 'cpu' }, running);
    const first = await run({
      signal: new AbortController().signal,
      progress: ({ phase }) =>
        void (
          phase === 'Building the network' &&
          writeFileSync(
            config,
            `${readFileSync(config, 'utf8')}\nmodel['test_cfg'] = dict(score_thr=0.9, nms=dict(type='nms', iou_threshold=0.65))\n`,
          )
        ),
    });
    expect(count(first)).toBe(84);
    const next = await run(quiet());
    expect('result' in next ? next.result.detections.every(({ score }) => score > 0.9) : next.title).toBe(true);
    expect(count(next)).toBeLessThan(10);
  });
});

/** A bitmap's head of 65,536 × 65,536. */
function hugeBitmap(): Buffer {
  const head = Buffer.alloc(64);
  head.write('BM');
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(65_536, 18);
  head.writeInt32LE(65_536, 22);
  head.writeUInt16LE(24, 28);
  return head;
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
