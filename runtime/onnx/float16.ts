/** Numbers of 16 bits: 5 of exponent, 10 of fraction. */

/** The largest that float16 holds. */
export const LARGEST_HALF = 65_504;
/** Below it fewer bits of the fraction remain. */
export const LEAST_NORMAL_HALF = 2 ** -14;

/** float32's little-endian bytes as float16's, rounded half to even as IEEE 754 has it; what is too large becomes infinite. */
export function halvesOf(bytes: Uint8Array): Uint8Array {
  const words = wordsOf(bytes);
  const halves = new Uint16Array(words.length);
  for (let i = 0; i < words.length; i++) halves[i] = half(words[i]!);
  return new Uint8Array(halves.buffer);
}

/** Whether all of these float32 numbers are within float16's range. Infinities and NaN are what they were. */
export function fitHalf(bytes: Uint8Array): boolean {
  const words = wordsOf(bytes);
  // 65,520 and more round to infinity.
  for (let i = 0; i < words.length; i++) {
    const size = words[i]! & 0x7fffffff;
    if (size >= 0x477ff000 && size < 0x7f800000) return false;
  }
  return true;
}

/** Whether one of these float32 numbers is not zero and would lose its precision, or become zero. */
export function hasTiny(bytes: Uint8Array): boolean {
  return wordsOf(bytes).some(word => (word & 0x7fffffff) > 0 && (word & 0x7fffffff) < 0x38800000);
}

/** Little-endian machines alone are those that Node runs on with onnxruntime. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
}

function half(word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const size = word & 0x7fffffff;
  if (size >= 0x7f800000) return sign | (size > 0x7f800000 ? 0x7e00 : 0x7c00);
  if (size >= 0x477ff000) return sign | 0x7c00;
  // The exponent moves from a bias of 127 to one of 15; what is cut off rounds, an exact half to the even side.
  if (size >= 0x38800000) return sign | ((size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13);
  if (size <= 0x33000000) return sign;
  const shift = 126 - (size >>> 23);
  const fraction = (size & 0x7fffff) | 0x800000;
  const kept = fraction >>> shift;
  const rest = fraction & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return sign | (kept + (rest > middle || (rest === middle && kept & 1) ? 1 : 0));
}
