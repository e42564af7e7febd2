/** Weights for a YOLOv5 that nobody trained, as a file: the same for all who are measured, and as sure of as little as a trained one. */
import { writeFileSync } from 'node:fs';
import { loadConfig } from '../../server/detect/load-config.ts';
import { buildNetwork } from '../../server/detect/network.ts';
import { recipeOf } from '../../server/detect/recipe.ts';
import { randomWeightsFor } from '../../server/detect/weights.ts';
import type { Project } from '../../server/project/project.ts';

/**
 * Before the sigmoid. The demo's own network, which was trained, lies at -8.1 to -8.6 in the middle of each of its twelve pictures, and reaches 0.001, the
 * threshold of the objectness, at 8 to 28 of 100 places. Random weights add next to nothing, so that whole anchors stand for those places: the first of the two
 * coarser levels, 8 of 100. At those of the coarsest one class is likely enough for a box: 400 go into suppression.
 */
const [OBJECT, NONE] = [-5, -8.3];
const [LIKELY, UNLIKELY] = [-1, -5];
const TYPES: Readonly<Record<string, string>> = { float32: 'F32', int64: 'I64' };

/** A file of safetensors: the length of a header, the header in JSON, then the bytes. */
export function writeQuietWeights(project: Project, config: string, path: string): void {
  const { expected, graph } = buildNetwork(project, project.config(config), [640, 640]);
  const { head } = recipeOf(loadConfig(project, config).data);
  if (head.kind !== 'yolov5') throw new Error(`${config} is no YOLOv5`);
  const outputs = 5 + head.classes;
  const weights = randomWeightsFor(expected, name => graph.parameters.get(name)?.values ?? null);
  const header: Record<string, { readonly dtype: string; readonly shape: readonly number[]; readonly data_offsets: readonly number[] }> =
    {};
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { name, shape, dtype } of expected) {
    const known = weights.get(name) ?? new Uint8Array();
    const level = /head\.head_module\.convs_pred\.(\d)\.bias$/.exec(name)?.[1];
    const bytes =
      level === undefined
        ? known
        : bytesOf(Float32Array.from({ length: known.length / 4 }, (_, i) => biasOf(Number(level), Math.floor(i / outputs), i % outputs)));
    header[name] = { dtype: TYPES[dtype] ?? dtype, shape, data_offsets: [at, at + bytes.length] };
    parts.push(bytes);
    at += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(path, Buffer.concat([length, text, ...parts]));
}

/** Of one of an anchor's outputs: four for its box, its objectness, its classes. */
function biasOf(level: number, anchor: number, output: number): number {
  const found = anchor === 0 && level > 0;
  if (output < 4) return 0;
  if (output === 4) return found ? OBJECT : NONE;
  return found && level === 2 && output === 5 ? LIKELY : UNLIKELY;
}

const bytesOf = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer);
