/** `npm run bench -- --device cuda`: what a GPU gains, in float32 and in half precision, against the CPU of the same machine; or why there is none. */
import { fullName, type Provider, providersFor, Session, SessionProblem } from '../../runtime/index.ts';
import { cudaVariables } from '../../server/detect/cuda.ts';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import type { Project } from '../../server/project/project.ts';
import { type Photograph, photographRows } from './photograph.ts';
import { type Row, table } from './timing.ts';

/** A text for the terminal. */
export async function deviceText(
  device: string,
  open: () => Promise<Project>,
  photograph: Pick<Photograph, 'config' | 'image'>,
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
  return parts.join('\n');
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
