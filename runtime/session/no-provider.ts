import type { Refusal } from './messages.ts';
import { fullName } from './providers.ts';

/** None of those that were to be tried would do. */
export class NoProvider extends Error {
  readonly refused: readonly Refusal[];
  constructor(refused: readonly Refusal[]) {
    super(refused.map(r => `${fullName(r.provider)}: ${r.reason}`).join('; '));
    this.refused = refused;
  }
}
