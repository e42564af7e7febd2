/** `npm run bench -- --device cuda`: what a GPU gains, in float32 and in half precision, against the CPU of the same machine; or why there is none. */
import { fullName, type Provider, providersFor, Session, SessionProblem } from '../../runtime/index.ts';
import { cudaVariables } from '../../server/detect/cuda.ts';
import { Detector } from '../../server/detect/detect.ts';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import type { Project } from '../../server/project/project.ts';
import { type Photograph, photographRows } from './photograph.ts';
import { type Row, table } from './timing.ts';

/** Networks that are run beside the photograph's, with random weights: what they are called, and their configs. */
export type Networks = readonly (readonly [name: string, config: string])[];

/** A text for the terminal. */
export async function deviceText(
  device: string,
  open: () => Promise<Project>,
  photograph: Pick<Photograph, 'config' | 'image'>,
  networks: Networks,
): Promise<string> {
  const [provider] = providersFor(device) ?? [];
  if (!provider) return `There is no device ${device}.\n`;
  const { roots } = (await open()).environment;
  const small = await smallRows(provider, roots);
  if (typeof small === 'string') return `No ${fullName(provider)} device: ${small}.\nNothing is measured there.\n`;
  const parts = [table('A small model', small)];
  for (const [what, at, halfPrecision] of [
    ['the CPU', 'cpu', 'off'],
    [fullName(provider), device, 'off'],
    [`${fullName(provider)}, in half precision`, device, 'on'],
  ] as const)
    parts.push(table(`A photograph, YOLOv5-s, on ${what}`, await photographRows(open, { ...photograph, device: at, halfPrecision })));
  const project = await open();
  for (const [name, config] of networks)
    parts.push(table(`The network's own run, ${name}`, await networkRows(project, config, photograph.image, device)));
  return parts.join('\n');
}

const RUNS = 15;

/** On the CPU, and on the device in both precisions: the first run, and one of the others. */
async function networkRows(project: Project, config: string, image: string, device: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let cpu: Row['of'] | null = null;
  for (const [at, halfPrecision] of [
    ['cpu', 'off'],
    [device, 'off'],
    [device, 'on'],
  ] as const) {
    const detector = new Detector(assets.inference, null);
    try {
      const milliseconds: number[] = [];
      let what = '';
      for (let i = 0; i <= RUNS; i++) {
        const found = await detector.find(
          project,
          { token: 'bench', config, image, checkpoint: null, device: at, halfPrecision },
          { signal: new AbortController().signal, progress: () => undefined },
        );
        if (!('result' in found)) throw new Error(`${found.title}. ${found.text}`);
        what = `${found.result.provider}${found.result.half ? ', half' : ''}`;
        milliseconds.push(found.result.timings.network);
      }
      const [first = NaN, ...later] = milliseconds;
      const middle = later.sort((a, b) => a - b)[RUNS >> 1] ?? NaN;
      cpu ??= { name: 'the CPU', milliseconds: middle };
      rows.push({ what, milliseconds: middle, of: cpu }, { what: `${what}, the first`, milliseconds: first, of: cpu });
    } finally {
      detector.close();
    }
  }
  return rows;
}

/** Or why it cannot be used. */
async function smallRows(provider: Provider, packages: readonly string[]): Promise<readonly Row[] | string> {
  const program = assets.inference;
  const session = new Session({ program, variables: () => cudaVariables(new NodeHost(), process.env, program, packages) });
  try {
    const whole = await session.time(provider);
    const cpu = { name: 'the CPU', milliseconds: await session.time('cpu') };
    const half = await session.time(provider, undefined, true).catch(() => null);
    return [
      { what: 'the CPU', milliseconds: cpu.milliseconds, of: cpu },
      { what: fullName(provider), milliseconds: whole, of: cpu },
      ...(half === null ? [] : [{ what: `${fullName(provider)}, in half precision`, milliseconds: half, of: cpu }]),
    ];
  } catch (e) {
    if (e instanceof SessionProblem) return e.message.replace(/\.$/, '');
    throw e;
  } finally {
    session.close();
  }
}
