import type { DetectResult } from '../../server/protocol.ts';
import { providerName } from '../provider-name.ts';

/** A result with providers' names as they are read. */
export function withNames(result: DetectResult): DetectResult {
  return {
    ...result,
    provider: providerName(result.provider),
    refused: result.refused.map(({ provider, reason }) => ({ provider: providerName(provider), reason })),
  };
}
