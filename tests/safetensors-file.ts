/** A state dict as a file of safetensors: the length of a header, the header in JSON, then the bytes. */
import type { Checkpoint } from '../runtime/index.ts';

const TYPES: Readonly<Record<string, string>> = { float32: 'F32', int64: 'I64' };

/** `change`: what is written of a tensor in place of its bytes. */
export function asSafetensors(
  { state }: Checkpoint,
  change: (name: string, bytes: Uint8Array) => Uint8Array = (_, bytes) => bytes,
): Uint8Array {
  const header: Record<string, unknown> = {};
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const [name, tensor] of state) {
    const bytes = change(name, tensor.bytes());
    header[name] = { dtype: TYPES[tensor.type], shape: tensor.shape, data_offsets: [at, at + bytes.length] };
    parts.push(bytes);
    at += bytes.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...parts]);
}
