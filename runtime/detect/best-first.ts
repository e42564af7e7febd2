/** Sorting by score: float32 numbers that are not negative have the order of their bits, so they are sorted by digits. A million take milliseconds. */

const DIGIT = 11;
const DIGITS = 1 << DIGIT;

/** Indices of the best so many, best first; equal ones keep their order. Scores are not negative. */
export function bestFirst(scores: Float32Array, most: number): Uint32Array {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  let order = chosen(bits, most);
  let other = new Uint32Array(order.length);
  // From the lowest digit to the highest, each pass stable.
  for (let shift = 0; shift < 32; shift += DIGIT) {
    const starts = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < order.length; i++) starts[descending(bits[order[i]!]!, shift) + 1]!++;
    for (let d = 0; d < DIGITS; d++) starts[d + 1]! += starts[d]!;
    for (let i = 0; i < order.length; i++) other[starts[descending(bits[order[i]!]!, shift)]!++] = order[i]!;
    [order, other] = [other, order];
  }
  return order;
}

const descending = (bits: number, shift: number): number => DIGITS - 1 - ((bits >>> shift) & (DIGITS - 1));

/** The best so many in their order; of those that equal the last of them, the first. */
function chosen(bits: Uint32Array, most: number): Uint32Array<ArrayBuffer> {
  const count = Math.min(bits.length, Math.max(0, most));
  const found = new Uint32Array(count);
  const { least, ties } = count === bits.length ? { least: -1, ties: 0 } : cutoff(bits, count);
  for (let i = 0, at = 0, left = ties; at < count; i++) {
    const b = bits[i]!;
    if (b > least || (b === least && left-- > 0)) found[at++] = i;
  }
  return found;
}

/** The bits of the last that is among the best so many, and how many of its equals are: by the upper half of the bits, then by the lower. */
function cutoff(bits: Uint32Array, count: number): { readonly least: number; readonly ties: number } {
  if (count === 0) return { least: 2 ** 32, ties: 0 };
  const uppers = new Uint32Array(1 << 16);
  for (let i = 0; i < bits.length; i++) uppers[bits[i]! >>> 16]!++;
  const upper = last(uppers, count);
  const lowers = new Uint32Array(1 << 16);
  for (let i = 0; i < bits.length; i++) if (bits[i]! >>> 16 === upper.at) lowers[bits[i]! & 0xffff]!++;
  const lower = last(lowers, upper.left);
  return { least: upper.at * 0x10000 + lower.at, ties: lower.left };
}

/** From the highest down, where so many are reached, and how many of that place they take. */
function last(counts: Uint32Array, wanted: number): { readonly at: number; readonly left: number } {
  let [at, left] = [counts.length - 1, wanted];
  while (at > 0 && counts[at]! < left) left -= counts[at--]!;
  return { at, left };
}
