/** Element types and descriptions of values, as onnx.proto has them. */
import type { DType } from '../network/dtype.ts';
import { unknown } from '../network/fault.ts';
import type { Field } from './protobuf.ts';

/** TensorProto.DataType, and bytes an element. */
const TYPES: Partial<Record<DType, readonly [type: number, width: number]>> = {
  float32: [1, 4],
  uint8: [2, 1],
  int8: [3, 1],
  int16: [5, 2],
  int32: [6, 4],
  int64: [7, 8],
  bool: [9, 1],
  float16: [10, 2],
  float64: [11, 8],
  bfloat16: [16, 2],
};
export const dataType = (dtype: DType): number => TYPES[dtype]?.[0] ?? unknown(`ONNX has no ${dtype}`);
export const byteWidth = (dtype: DType): number => TYPES[dtype]?.[1] ?? unknown(`ONNX has no ${dtype}`);

/** A side that is known, or the name of one that is not. */
export type OnnxDim = number | string;

/** ValueInfoProto: a name, a type, a shape, whose sides may be told only when the model runs. */
export const valueInfoOf = (name: string, dtype: DType, shape: readonly OnnxDim[]): readonly Field[] => [
  [1, name],
  [
    2,
    [
      [
        1,
        [
          [1, dataType(dtype)],
          [2, shape.map((n): Field => [1, [typeof n === 'number' ? [1, n] : [2, n]]])],
        ],
      ],
    ],
  ],
];

/** Whether `rawBytes` writes this type. */
export const hasBytes = (dtype: DType): boolean => rawBytes([], dtype) !== null;

/** TensorProto's raw bytes for these numbers. */
export function rawBytes(values: readonly number[], dtype: DType): Uint8Array | null {
  switch (dtype) {
    case 'float32':
      return Buffer.from(Float32Array.from(values).buffer);
    case 'float64':
      return Buffer.from(Float64Array.from(values).buffer);
    case 'int64':
      return Buffer.from(BigInt64Array.from(values, BigInt).buffer);
    case 'int32':
      return Buffer.from(Int32Array.from(values).buffer);
    case 'bool':
    case 'uint8':
      return Buffer.from(Uint8Array.from(values));
    default:
      return null;
  }
}
