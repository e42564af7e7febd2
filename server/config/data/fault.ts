/** What a JSON or YAML text holds, and what is wrong with it. */
import type { Site, Value } from '../../python/value.ts';

export interface DataFault {
  readonly errorType: string;
  readonly message: string;
  readonly site: Site;
}
export interface ReadData {
  readonly value: Value;
  readonly faults: readonly DataFault[];
}
/** A range of the text that is read, as a site in the file. */
export type SiteOf = (start: number, end: number) => Site;
