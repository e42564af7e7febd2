/** Weights for a network that nobody trained, as a file: the same for all who are measured, and with few detections, as a trained one has. */
import { writeFileSync } from 'node:fs';
import { buildNetwork } from '../../server/detect/network.ts';
import { randomWeightsFor } from '../../server/detect/weights.ts';
import type { Project } from '../../server/project/project.ts';

/** YOLOv5's objectness and classes begin as low as this. */
const LOW = -5;
const TYPES: Readonly<Record<string, string>> = { float32: 'F32', int64: 'I64' };

/** A file of safetensors: the length of a header, the header in JSON, then the bytes. */
export function writeQuietWeights(project: Project, config: string, path: string): void {
  const { expected, graph } = buildNetwork(project, project.config(config), [640, 640]);
  const weights = randomWeightsFor(expected, name => graph.parameters.get(name)?.values ?? null);
  const header: Record<string, { readonly dtype: string; readonly shape: readonly number[]; readonly data_offsets: readonly number[] }> =
    {};
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { name, shape, dtype } of expected) {
    const known = weights.get(name) ?? new Uint8Array();
    const bytes = /head\.head_module\.\S*\.bias$/.test(name) ? new Uint8Array(new Float32Array(known.length / 4).fill(LOW).buffer) : known;
    header[name] = { dtype: TYPES[dtype] ?? dtype, shape, data_offsets: [at, at + bytes.length] };
    parts.push(bytes);
    at += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(path, Buffer.concat([length, text, ...parts]));
}
