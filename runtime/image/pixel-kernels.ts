/**
 * The loops over a picture's bytes, in vectors. Where a vector is a pixel, it has three colours and a lane that is of no use. In each the names of its parameters come
 * first, then those of its locals: they are numbers, in the order of their types below.
 */
import { type Code, lanes, op, type VectorFunction } from './vector-code.ts';

/** A pixel as bytes, and as float32 in a row of sums. */
export const [PIXEL, SUMS] = [3, 16];
const FLOAT = 4;
/** So much may be read and written behind a row's last pixel. */
export const BEHIND = 16;

/** Addresses and widths are in bytes. */
export interface PixelKernels {
  /**
   * Adds `weight` × the weighted means of a row's pixels to `sums`. `covers`: of each target pixel two ints, where its first source pixel lies in the row and where its last share ends;
   * `shares`: float32, of one target pixel after the other.
   */
  addRow(row: number, sums: number, sumsEnd: number, covers: number, shares: number, weight: number): void;
  /** Rounds `sums` half to even, and leaves 0. */
  roundRow(sums: number, sumsEnd: number, to: number): void;
  /** Means of blocks of `height` rows, `line` apart. `share`: 1 over a block's pixels. `halfUp`: rounded so, else half to even. */
  meanRow(from: number, to: number, toEnd: number, width: number, height: number, line: number, share: number, halfUp: number): void;
  /** Each target pixel from two of a row's, in ints: `taps` are where those lie in the row, and their weights. */
  mixInRow(row: number, sums: number, sumsEnd: number, taps: number): void;
  /** A row from two that were mixed so, by weights of 11 bits as theirs were. */
  mixRows(upper: number, upperEnd: number, lower: number, to: number, upperWeight: number, lowerWeight: number): void;
  /** Each target pixel from four of a row's, in float32: `taps` are where those lie in the row, and their weights. */
  curveInRow(row: number, sums: number, sumsEnd: number, taps: number): void;
  /** A row from four that were mixed so. */
  curveRows(...rows: readonly [...from: Four, firstEnd: number, to: number, ...weights: Four]): void;
  /** Pixels as float32, each of their three bytes into a plane of its own: less its mean, divided by its deviation. */
  normalizeRow(from: number, fromEnd: number, ...each: readonly [...planes: Three, ...means: Three, ...deviations: Three]): void;
}
type Three = readonly [number, number, number];
type Four = readonly [number, number, number, number];

type Kernel = Omit<VectorFunction, 'name'>;

export const pixelCode = (): Readonly<Record<keyof PixelKernels, Kernel>> => ({
  addRow: addRow(),
  roundRow: roundRow(),
  meanRow: meanRow(),
  mixInRow: mixInRow(),
  mixRows: mixRows(),
  curveInRow: curveInRow(),
  curveRows: curveRows(),
  normalizeRow: normalizeRow(),
});

const ints = (count: number): readonly 'int'[] => new Array<'int'>(count).fill('int');
const floats = (count: number): readonly 'float'[] => new Array<'float'>(count).fill('float');

const plus = (local: number, n: number): Code => [...op.get(local), ...op.int(n), ...op.add, ...op.set(local)];
const next = (from: number, into: number): Code => [...op.get(from), ...op.loadInt, ...op.set(into), ...plus(from, 4)];
const below = (local: number, end: number): Code => [...op.get(local), ...op.get(end), ...op.less];
const pixelAt = (local: number): Code => [...op.get(local), ...lanes.loadBytes];

function addRow(): Kernel {
  const [row, sums, sumsEnd, covers, share, weight, from, end, sum] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const weighted = [...pixelAt(from), ...lanes.fromInts, ...op.get(share), ...op.loadFloat, ...lanes.spread, ...lanes.multiply];
  const pixel = [
    ...next(covers, from),
    ...[...op.get(row), ...op.get(from), ...op.add, ...op.set(from)],
    ...next(covers, end),
    ...[...lanes.zero, ...op.set(sum)],
    ...op.loop([...op.get(sum), ...weighted, ...lanes.add, ...op.set(sum), ...plus(from, PIXEL), ...plus(share, 4)], below(share, end)),
    ...[...op.get(sums), ...op.get(sums), ...lanes.load],
    ...[...op.get(sum), ...op.get(weight), ...lanes.spread, ...lanes.multiply, ...lanes.add, ...lanes.store],
    ...plus(sums, SUMS),
  ];
  return { parameters: [...ints(5), 'float'], locals: [...ints(2), 'lanes'], code: op.loop(pixel, below(sums, sumsEnd)) };
}

function roundRow(): Kernel {
  const [sums, sumsEnd, to] = [0, 1, 2];
  const pixel = [
    ...[...op.get(to), ...op.get(sums), ...lanes.load, ...lanes.nearest, ...lanes.toInts, ...lanes.packBytes, ...op.storeInt],
    ...[...op.get(sums), ...lanes.zero, ...lanes.store],
    ...plus(sums, SUMS),
    ...plus(to, PIXEL),
  ];
  return { parameters: ints(3), locals: [], code: op.loop(pixel, below(sums, sumsEnd)) };
}

function meanRow(): Kernel {
  const [from, to, toEnd, width, height, line, share, halfUp] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [row, rowsEnd, at, end, sum] = [8, 9, 10, 11, 12];
  const addRowOfBlock = [
    ...[...op.get(row), ...op.set(at)],
    ...[...op.get(row), ...op.get(width), ...op.add, ...op.set(end)],
    ...op.loop([...op.get(sum), ...pixelAt(at), ...lanes.addInts, ...op.set(sum), ...plus(at, PIXEL)], below(at, end)),
    ...[...op.get(row), ...op.get(line), ...op.add, ...op.set(row)],
  ];
  const mean = [...op.get(sum), ...lanes.fromInts, ...op.get(share), ...lanes.spread, ...lanes.multiply];
  const rounded = (rounding: Code): Code => [...op.get(to), ...mean, ...rounding, ...lanes.toInts, ...lanes.packBytes, ...op.storeInt];
  const pixel = [
    ...[...op.get(from), ...op.set(row)],
    ...[...op.get(from), ...op.get(height), ...op.get(line), ...op.multiply, ...op.add, ...op.set(rowsEnd)],
    ...[...lanes.zero, ...op.set(sum)],
    ...op.loop(addRowOfBlock, below(row, rowsEnd)),
    ...op.either(op.get(halfUp), rounded([...op.float(0.5), ...lanes.spread, ...lanes.add, ...lanes.floor]), rounded(lanes.nearest)),
    ...[...op.get(from), ...op.get(width), ...op.add, ...op.set(from)],
    ...plus(to, PIXEL),
  ];
  return { parameters: [...ints(6), 'float', 'int'], locals: [...ints(4), 'lanes'], code: op.loop(pixel, below(to, toEnd)) };
}

function mixInRow(): Kernel {
  const [row, sums, sumsEnd, taps, first, second, weight] = [0, 1, 2, 3, 4, 5, 6];
  const weighted = (at: number): Code => [
    ...[...op.get(row), ...op.get(at), ...op.add, ...lanes.loadBytes],
    ...next(taps, weight),
    ...[...op.get(weight), ...lanes.spreadInt, ...lanes.multiplyInts],
  ];
  const pixel = [
    ...[...next(taps, first), ...next(taps, second)],
    ...[...op.get(sums), ...weighted(first), ...weighted(second), ...lanes.addInts, ...lanes.store],
    ...plus(sums, SUMS),
  ];
  return { parameters: ints(4), locals: ints(3), code: op.loop(pixel, below(sums, sumsEnd)) };
}

/** What would not fit 32 bits is dropped before and after the weights. */
function mixRows(): Kernel {
  const [upper, upperEnd, lower, to, upperWeight, lowerWeight] = [0, 1, 2, 3, 4, 5];
  const weighted = (from: number, weight: number): Code => [
    ...[...op.get(from), ...lanes.load, ...lanes.shiftRight(4)],
    ...[...op.get(weight), ...lanes.spreadInt, ...lanes.multiplyInts, ...lanes.shiftRight(16)],
  ];
  const two = [...op.int(2), ...lanes.spreadInt];
  const pixel = [
    ...op.get(to),
    ...[...weighted(upper, upperWeight), ...weighted(lower, lowerWeight), ...lanes.addInts],
    ...[...two, ...lanes.addInts, ...lanes.shiftRight(2), ...lanes.packBytes, ...op.storeInt],
    ...[...plus(upper, SUMS), ...plus(lower, SUMS), ...plus(to, PIXEL)],
  ];
  return { parameters: ints(6), locals: [], code: op.loop(pixel, below(upper, upperEnd)) };
}

/** Adds `value` × `weight` to `sum` as a fused multiply-add does: a product of two float32 is a float64. What float64 rounds shows hardly ever in the end. */
function addProduct(sum: number, value: number, weight: number): Code {
  const half = (of: Code): Code => [
    ...[...op.get(value), ...of, ...lanes.toDoubles, ...op.get(weight), ...op.toDouble, ...lanes.spreadDouble, ...lanes.multiplyDoubles],
    ...[...op.get(sum), ...of, ...lanes.toDoubles, ...lanes.addDoubles, ...lanes.fromDoubles],
  ];
  return [...half([]), ...half(lanes.secondHalf), ...lanes.join, ...op.set(sum)];
}

function curveInRow(): Kernel {
  const [row, sums, sumsEnd, taps, from, weight, sum, value] = [0, 1, 2, 3, 4, 5, 6, 7];
  const tap = [
    ...next(taps, from),
    ...[...op.get(taps), ...op.loadFloat, ...op.set(weight), ...plus(taps, FLOAT)],
    ...[...op.get(row), ...op.get(from), ...op.add, ...lanes.loadBytes, ...lanes.fromInts, ...op.set(value)],
    ...addProduct(sum, value, weight),
  ];
  const pixel = [
    ...[...lanes.zero, ...op.set(sum)],
    ...[...tap, ...tap, ...tap, ...tap],
    ...[...op.get(sums), ...op.get(sum), ...lanes.store],
    ...plus(sums, SUMS),
  ];
  return { parameters: ints(4), locals: ['int', 'float', 'lanes', 'lanes'], code: op.loop(pixel, below(sums, sumsEnd)) };
}

function curveRows(): Kernel {
  const [rows, firstEnd, to, weights, near, far, value] = [0, 4, 5, 6, 10, 11, 12];
  const load = (nth: number): Code => [...op.get(rows + nth), ...lanes.load];
  const times = (nth: number): Code => [...load(nth), ...op.get(weights + nth), ...lanes.spread, ...lanes.multiply];
  const two = (nth: number, sum: number): Code => [
    ...[...times(nth + 1), ...op.set(sum)],
    ...[...load(nth), ...op.set(value), ...addProduct(sum, value, weights + nth)],
  ];
  const bounds = [...op.float(0), ...lanes.spread, ...lanes.most, ...op.float(255), ...lanes.spread, ...lanes.least];
  const pixel = [
    ...[...two(0, near), ...two(2, far)],
    ...[...op.get(to), ...op.get(near), ...op.get(far), ...lanes.add, ...lanes.nearest, ...bounds],
    ...[...lanes.toInts, ...lanes.packBytes, ...op.storeInt],
    ...[0, 1, 2, 3].flatMap(nth => plus(rows + nth, SUMS)),
    ...plus(to, PIXEL),
  ];
  return { parameters: [...ints(6), ...floats(4)], locals: ['lanes', 'lanes', 'lanes'], code: op.loop(pixel, below(rows, firstEnd)) };
}

function normalizeRow(): Kernel {
  const [from, fromEnd, planes, means, deviations, pixels] = [0, 1, 2, 5, 8, 11];
  const colour = (nth: number): Code => [
    ...op.get(planes + nth),
    ...[...op.get(pixels), ...lanes.pickBytes(nth, nth + PIXEL, nth + 2 * PIXEL, nth + 3 * PIXEL), ...lanes.fromInts],
    ...[...op.get(means + nth), ...lanes.spread, ...lanes.subtract],
    ...[...op.get(deviations + nth), ...lanes.spread, ...lanes.divide],
    ...lanes.store,
    ...plus(planes + nth, 4 * FLOAT),
  ];
  const fourPixels = [...op.get(from), ...lanes.load, ...op.set(pixels), ...[0, 1, 2].flatMap(colour), ...plus(from, 4 * PIXEL)];
  return { parameters: [...ints(5), ...floats(6)], locals: ['lanes'], code: op.loop(fourPixels, below(from, fromEnd)) };
}
