/** A fixed piece of work that no change of ours touches: what this machine is worth, now. All else is told as a multiple of it. */

/** Objects, maps, texts and numbers, as an interpreter uses them. About 100 ms on a machine of 2024. Answers with what must not be optimised away. */
export function referenceLoop(): number {
  let sum = 0;
  for (let round = 0; round < 40; round++) {
    const known = new Map<string, { readonly at: number; readonly next: number }>();
    for (let i = 0; i < 8000; i++) {
      const name = `n${(i * 7919) % 8000}`;
      known.set(name, { at: i, next: Math.imul(i, 2654435761) >>> 16 });
    }
    for (let i = 0; i < 8000; i++) sum = (sum + (known.get(`n${i}`)?.next ?? 0)) | 0;
    sum ^= [...known.values()].filter(v => v.at % 3 === 0).reduce((n, v) => (n * 31 + v.next) | 0, 7);
  }
  return sum;
}
