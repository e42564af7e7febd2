/** A model made on the spot, to time a provider with: convolutions of 0.24 G multiply-adds each. On four of them a GPU wins and a GPU in software loses. */
import { type Field, message } from '../onnx/protobuf.ts';

const CHANNELS = 64;
const SIDE = 80;
const FLOAT = 1;

/** Of the small one. */
export const PROBE_LAYERS = 4;

/** So that a layer's values are as large as those before it, however many there are. */
const SPREAD = Math.sqrt(3 / (CHANNELS * 9));

export const PROBE_INPUT = [1, CHANNELS, SIDE, SIDE] as const;

export function probeModel(layers: number = PROBE_LAYERS): Uint8Array {
  const weight = new Float32Array(CHANNELS * CHANNELS * 9).map((_, i) => SPREAD * scattered(i));
  const nodes = Array.from(
    { length: layers },
    (_, i): Field => [
      1,
      [
        [1, i ? `t${i}` : 'input'],
        [1, 'weight'],
        [2, `t${i + 1}`],
        [4, 'Conv'],
        [
          5,
          [
            [1, 'pads'],
            [8, 1],
            [8, 1],
            [8, 1],
            [8, 1],
            [20, 7],
          ],
        ],
      ],
    ],
  );
  // What names the output is no part of the work.
  const last: Field = [
    1,
    [
      [1, `t${layers}`],
      [2, 'output'],
      [4, 'Identity'],
    ],
  ];
  const initializer: Field = [
    5,
    [...[CHANNELS, CHANNELS, 3, 3].map((n): Field => [1, n]), [2, FLOAT], [8, 'weight'], [9, new Uint8Array(weight.buffer)]],
  ];
  return message([
    [1, 8],
    [2, 'necktie'],
    [7, [...nodes, last, [2, 'probe'], initializer, [11, value('input')], [12, value('output')]]],
    [
      8,
      [
        [1, ''],
        [2, 17],
      ],
    ],
  ]);
}

const value = (name: string): readonly Field[] => [
  [1, name],
  [
    2,
    [
      [
        1,
        [
          [1, FLOAT],
          [2, PROBE_INPUT.map((n): Field => [1, [[1, n]]])],
        ],
      ],
    ],
  ],
];

/** From -1 to 1, without order. */
function scattered(i: number): number {
  const mixed = Math.imul(i ^ (i >>> 16), 0x85ebca6b);
  const again = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (again ^ (again >>> 16)) / 2 ** 31;
}
