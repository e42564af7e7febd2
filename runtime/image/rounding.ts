/** Rounds as processors, numpy and Python's `round` do: 0.5 to 0, 1.5 to 2. */
export function halfToEven(n: number): number {
  const low = Math.floor(n);
  const rest = n - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
}
