/** What torch has by dotted names: `torch.cat`, `F.pad`, `Tensor.view`, `torch._C._nn.gelu`. Operators put themselves here; what torch writes in Python is added by its files. */
import { unknown } from '../python/stop.ts';
import type { Named, Value } from '../python/value.ts';

/** A method's object is its first argument. */
export type Call = (args: readonly Value[], named: Named | null) => Value;

export const CALLS = new Map<string, Call>();

export function tell(calls: Readonly<Record<string, Call>>): void {
  for (const [name, call] of Object.entries(calls)) CALLS.set(name, call);
}

/** Calls by name; a name that we lack is unknown, never an AttributeError. */
export function invoke(name: string, args: readonly Value[], named: Named | null = null): Value {
  const found = CALLS.get(name) ?? unknown(`not supported yet: ${name}`);
  return found(args, named);
}
