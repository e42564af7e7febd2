/** "Did you mean": the name that is written almost so. */
import { difference } from '../registry/near.ts';

/** Null: none is near. `limit`: most edits between the two. */
export function nearest(name: string, names: readonly string[], limit = Math.max(1, Math.floor(name.length / 4))): string | null {
  let best: { readonly name: string; readonly cost: number } | null = null;
  for (const other of names) {
    const cost = other === name ? null : difference(name, other, limit);
    if (cost !== null && (!best || cost < best.cost)) best = { name: other, cost };
  }
  return best?.name ?? null;
}
