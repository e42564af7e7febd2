/** `necktie devices`: what can run a model here, and how fast. */
import { fullName, type Provider, providersHere, Session, SessionProblem } from '../../runtime/index.ts';
import { cudaVariables } from '../detect/cuda.ts';
import { assets } from '../project/assets.ts';
import { NodeHost } from '../project/node-host.ts';
import { environmentOf } from '../registry/environment.ts';
import { Arguments } from './arguments.ts';
import { type Command, EXIT, type Io, Misuse } from './command.ts';
import { painter } from './paint.ts';
import { PLACE_USAGE, placeOf, withPlace } from './place.ts';
import { setUpCuda } from './set-up-cuda.ts';

interface Tried {
  readonly device: Provider;
  readonly works: boolean;
  /** Milliseconds for a small model: four convolutions, 0.9 G multiply-adds. */
  readonly milliseconds: number | null;
  /** Times as fast as the CPU. */
  readonly speed: number | null;
  readonly reason: string | null;
}

/** A driver that hangs shall not hang the command. */
const PATIENCE = 60_000;

export const devicesCommand: Command = {
  name: 'devices',
  usage: `necktie devices [--json] [--set-up-cuda]

  --json                 an array of {device, works, milliseconds, speed, reason}
  --set-up-cuda          first fetches onnxruntime's library for CUDA (about 250 MB) into Necktie's cache, with your pip
${PLACE_USAGE}`,
  async run(args, io) {
    const given = new Arguments(args, withPlace({ flags: ['json', 'set-up-cuda'] }));
    if (given.rest.length) throw new Misuse(`there is no argument ${given.rest[0]}`);
    const place = placeOf(given, io);
    if (given.flag('set-up-cuda') && !(await setUpCuda(place, io))) return EXIT.errors;
    const packages = environmentOf(new NodeHost(), { ...place, workspace: [place.root] }, io.env).roots;
    const timed: Omit<Tried, 'speed'>[] = [];
    for (const provider of providersHere().toReversed()) {
      if (io.signal.aborted) return EXIT.interrupted;
      timed.push(await attempt(provider, packages, io));
    }
    const cpu = timed.find(t => t.device === 'cpu')?.milliseconds ?? null;
    const tried = timed.map(t => ({ ...t, speed: cpu === null || t.milliseconds === null ? null : cpu / t.milliseconds })).toReversed();
    io.out(given.flag('json') ? `${JSON.stringify(tried, null, 2)}\n` : listed(tried, io));
    return EXIT.fine;
  },
};

/** In a process of its own, which takes whatever the driver does to it. */
async function attempt(device: Provider, packages: readonly string[], io: Io): Promise<Omit<Tried, 'speed'>> {
  const program = assets.inference;
  const session = new Session({ program, variables: () => cudaVariables(new NodeHost(), io.env, program, packages) });
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(PATIENCE)]);
  try {
    return { device, works: true, milliseconds: await session.time(device, signal), reason: null };
  } catch (e) {
    if (!(e instanceof SessionProblem)) throw e;
    const reason = e.kind === 'cancelled' ? `no answer in ${PATIENCE / 1000} s` : e.message;
    return { device, works: false, milliseconds: null, reason };
  } finally {
    session.close();
  }
}

function listed(tried: readonly Tried[], io: Io): string {
  const paint = painter(io.colours);
  const lines = tried.map(({ device, works, milliseconds, speed, reason }) => {
    const name = fullName(device).padEnd(8);
    if (!works) return `${paint('dim', `✗ ${name}`)}  ${reason}`;
    const against =
      device === 'cpu' || speed === null
        ? ''
        : `, ${speed >= 1 ? `${speed.toFixed(1)} × as fast as the CPU` : `${(1 / speed).toFixed(1)} × slower than the CPU: not chosen by itself`}`;
    return `${paint('green', `✓ ${name}`)}  ${milliseconds?.toFixed(1)} ms for a small model${against}`;
  });
  return `${lines.join('\n')}\n`;
}
