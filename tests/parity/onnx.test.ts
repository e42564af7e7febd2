/**
 * Exported networks against PyTorch: a dozen, one of each family and of each kind of backbone, with weights that are made from their names, so that both sides have
 * the same without a file; one that two modules share has its first name. `tests/data/onnx-outputs.json` has twelve values of each output, as PyTorch computes them in double precision.
 */
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { exportOnnx } from '../../runtime/onnx/export.ts';
import { namedRoots } from '../../server/cli/model/cases.ts';
import { buildNetwork } from '../../server/detect/network.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { packagesOf } from '../../server/registry/packages.ts';
import { zoo } from '../zoo.ts';

interface Recorded {
  readonly config: string;
  readonly size: readonly [number, number];
  readonly outputs: readonly { readonly shape: readonly number[]; readonly largest: number; readonly values: readonly number[] }[];
}
const recorded: readonly Recorded[] = JSON.parse(readFileSync(new URL('../data/onnx-outputs.json', import.meta.url), 'utf8'));
/** Of the largest value. */
const TOLERANCE = 1e-4;

const configs = new URL('../../configs', import.meta.url).pathname,
  base = `${configs}/yolov5_s-v61_syncbn_8xb16-300e_coco`;
let project: Project;
let fileOf: (config: string) => string;
beforeAll(async () => {
  const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo] };
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  project = await Project.open(new NodeHost(), { models: true, roots: [configs], settings, env: {}, cancel });
  const { expand } = namedRoots({}, packagesOf(project.host, project.environment).folder);
  fileOf = config => (config.startsWith('@') ? base + config.slice(1) : expand(config));
});

/** Numbers from 0 to 1 that the name alone decides: a hash of each place. */
function noise(name: string, count: number): Float64Array {
  const seed = crc32(name),
    out = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = (Math.imul(i, 2654435761) + seed) >>> 0;
    x = Math.imul(x ^ (x >>> 16), 0x7feb352d) >>> 0;
    x = Math.imul(x ^ (x >>> 15), 0x846ca68b) >>> 0;
    out[i] = ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
  }
  return out;
}
/** Weights that keep the size of what flows through, roughly; means, variances and biases that are none of 0 and 1. */
function weight(name: string, shape: readonly number[]): Float32Array {
  const n = shape.reduce((a, b) => a * b, 1),
    [first = 1] = shape,
    u = noise(name, n);
  const wide = Math.sqrt((4.5 * first) / n);
  const one = (x: number): number =>
    shape.length > 1 ? (2 * x - 1) * wide : /(bias|running_mean)$/.test(name) ? 0.4 * x - 0.2 : 0.7 + 0.6 * x;
  return Float32Array.from(u, one);
}
const bytes = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer);

async function run({ config, size }: Recorded): Promise<readonly ort.Tensor[]> {
  const { graph, input, outputs, expected } = buildNetwork(project, project.config(fileOf(config)), size),
    shapes = new Map(expected.map(e => [e.name, e]));
  const weights = {
    get(name: string): Uint8Array | undefined {
      const e = shapes.get(name);
      if (e?.dtype === 'float32') return bytes(weight(name, e.shape));
      const table = graph.parameters.get(name)?.values; // whole numbers are no weights: they are what the program computed
      return table ? new Uint8Array(BigInt64Array.from(table, BigInt).buffer) : undefined;
    },
  };
  const model = exportOnnx({ graph, inputs: new Map([['image', input]]), outputs, weights });
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1 });
  const picture = Float32Array.from(noise('input', 3 * size[0] * size[1]), x => 2 * x - 1);
  const results = await session.run({ image: new ort.Tensor('float32', picture, [1, 3, size[1], size[0]]) });
  const found = [...outputs.keys()].map(name => results[name] ?? expect.fail(`no output ${name}`));
  await session.release();
  return found;
}

describe('exported networks give what PyTorch gives', () => {
  it.each(recorded.map(r => [r.config, r] as const))(
    '%s',
    async (_, r) => {
      const found = await run(r);
      expect(found.map(t => [...t.dims])).toEqual(r.outputs.map(o => [...o.shape]));
      for (const [i, { largest, values }] of r.outputs.entries()) {
        const { data } = found[i] ?? expect.fail('an output is missing'),
          last = data.length - 1;
        const ours = values.map((_, k) => Number(data[Math.floor((k * last) / 11)]));
        const off = Math.max(...ours.map((v, k) => Math.abs(v - (values[k] ?? NaN)))) / largest;
        expect(off, `output ${i}`).toBeLessThanOrEqual(TOLERANCE);
      }
    },
    120_000,
  );
});
