/** `necktie devices`: what can run a model here, and how fast. */
import { fullName, HOPELESS, type Provider, providersHere, Session, SessionProblem } from '../../runtime/index.ts';
import { inferenceVariables } from '../detect/inference-variables.ts';
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
  /** A GPU that is slower with the small model is faster with a larger one, and is chosen for that. */
  readonly largerIsFaster: boolean;
  /** The same model in half precision; `reason`: why it would not do. Null where the device itself would not. */
  readonly half: { readonly milliseconds: number | null; readonly reason: string | null } | null;
}

/** A driver that hangs shall not hang the command. */
const PATIENCE = 60_000;

export const devicesCommand: Command = {
  name: 'devices',
  usage: `necktie devices [--json] [--set-up-cuda]

  --json                 an array of {device, works, milliseconds, speed, reason, largerIsFaster, half: {milliseconds, reason}}
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
      timed.push(await attempt(provider, { packages, cpu: timed.find(t => t.device === 'cpu')?.milliseconds ?? null }, io));
    }
    const cpu = timed.find(t => t.device === 'cpu')?.milliseconds ?? null;
    const tried = timed.map(t => ({ ...t, speed: cpu === null || t.milliseconds === null ? null : cpu / t.milliseconds })).toReversed();
    io.out(given.flag('json') ? `${JSON.stringify(tried, null, 2)}\n` : listed(tried, io));
    return EXIT.fine;
  },
};

/** In a process of its own, which takes whatever the driver does to it. */
async function attempt(
  device: Provider,
  { packages, cpu }: { readonly packages: readonly string[]; readonly cpu: number | null },
  io: Io,
): Promise<Omit<Tried, 'speed'>> {
  const program = assets.inference;
  const session = new Session({ program, variables: () => inferenceVariables(new NodeHost(), io.env, program, packages) });
  const signal = AbortSignal.any([io.signal, AbortSignal.timeout(PATIENCE)]);
  try {
    const milliseconds = await session.time(device, signal);
    const half = await attemptHalf(session, device, signal);
    const isSlower = cpu !== null && milliseconds >= cpu && milliseconds <= HOPELESS * cpu;
    return { device, works: true, milliseconds, reason: null, largerIsFaster: isSlower && (await isChosen(session, device, signal)), half };
  } catch (e) {
    return { device, works: false, milliseconds: null, reason: reasonOf(e), largerIsFaster: false, half: null };
  } finally {
    session.close();
  }
}

/** As `auto` goes. */
async function isChosen(session: Session, device: Provider, signal: AbortSignal): Promise<boolean> {
  const { provider } = await session.choose({ providers: [device, 'cpu'], compare: true }, signal);
  return provider === device;
}

async function attemptHalf(session: Session, device: Provider, signal: AbortSignal): Promise<Tried['half']> {
  try {
    return { milliseconds: await session.time(device, signal, true), reason: null };
  } catch (e) {
    return { milliseconds: null, reason: reasonOf(e) };
  }
}

function reasonOf(e: unknown): string {
  if (!(e instanceof SessionProblem)) throw e;
  return e.kind === 'cancelled' ? `no answer in ${PATIENCE / 1000} s` : e.message;
}

function againstCpu(speed: number, largerIsFaster: boolean): string {
  if (speed >= 1) return `${speed.toFixed(1)} × as fast as the CPU`;
  return `${(1 / speed).toFixed(1)} × slower than the CPU${largerIsFaster ? ', and faster with a larger one' : ': not chosen by itself'}`;
}

function halfWords(half: Tried['half']): string {
  if (!half) return '';
  return `; in half precision ${half.milliseconds === null ? `not: ${half.reason}` : `${half.milliseconds.toFixed(1)} ms`}`;
}

function listed(tried: readonly Tried[], io: Io): string {
  const paint = painter(io.colours);
  const lines = tried.map(({ device, works, milliseconds, speed, reason, largerIsFaster, half }) => {
    const name = fullName(device).padEnd(8);
    if (!works) return `${paint('dim', `✗ ${name}`)}  ${reason}`;
    const against = device === 'cpu' || speed === null ? '' : `, ${againstCpu(speed, largerIsFaster)}`;
    return `${paint('green', `✓ ${name}`)}  ${milliseconds?.toFixed(1)} ms for a small model${against}${halfWords(half)}`;
  });
  return `${lines.join('\n')}\n`;
}
