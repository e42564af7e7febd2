/** The error function: its series where it converges soon, else the continued fraction of what is left to 1. Right to about 15 digits. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const far = Math.abs(x);
  if (far < 2.5) {
    let term = x,
      sum = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  return Math.sign(x) * (1 - rest(far));
}

/** `1 - erf(x)`, without losing what is small. */
export const erfc = (x: number): number => (x >= 2.5 ? rest(x) : 1 - erf(x));

/** For 2.5 and more. */
function rest(x: number): number {
  if (x > 27) return 0;
  let tail = 0;
  for (let k = 120; k > 0; k--) tail = k / 2 / (x + tail);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + tail);
}
