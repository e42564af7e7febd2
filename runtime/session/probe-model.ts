/** A small model made on the spot, to time a provider with: four convolutions, 0.9 G multiply-adds. On it a GPU wins and a GPU in software loses. */
import { type Field, message } from '../onnx/protobuf.ts';

const CHANNELS = 64;
const SIDE = 80;
const LAYERS = 4;
const FLOAT = 1;

export const PROBE_INPUT = [1, CHANNELS, SIDE, SIDE] as const;

export function probeModel(): Uint8Array {
  const weight = new Float32Array(CHANNELS * CHANNELS * 9).map((_, i) => Math.sin(i) / 24);
  const nodes = Array.from(
    { length: LAYERS },
    (_, i): Field => [
      1,
      [
        [1, i ? `t${i}` : 'input'],
        [1, 'weight'],
        [2, i === LAYERS - 1 ? 'output' : `t${i + 1}`],
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
  const initializer: Field = [
    5,
    [...[CHANNELS, CHANNELS, 3, 3].map((n): Field => [1, n]), [2, FLOAT], [8, 'weight'], [9, new Uint8Array(weight.buffer)]],
  ];
  return message([
    [1, 8],
    [2, 'necktie'],
    [7, [...nodes, [2, 'probe'], initializer, [11, value('input')], [12, value('output')]]],
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
