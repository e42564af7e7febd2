/** What is known of a step: the keys of the results that it asks for, and what it leaves in them. */
import type { ClassSource } from '../class-source.ts';

export interface StepKeys {
  /** Read before they are set, in their order. */
  readonly needs: readonly string[];
  /** Of them, those that are asked for by an assertion. */
  readonly asserts: ReadonlySet<string>;
  readonly gives: ReadonlySet<string>;
  /** Of them, those that are only made anew of what was there: where nothing was, nothing comes of it. */
  readonly renews: ReadonlySet<string>;
  /** Taken out again. */
  readonly drops: ReadonlySet<string>;
  /** Another dict is handed on, with what is given alone. */
  readonly replaces: boolean;
  /** Something is done with the results that cannot be followed: whatever may be in them then. */
  readonly open: boolean;
}
export const OPEN: StepKeys = {
  needs: [],
  asserts: new Set(),
  gives: new Set(),
  renews: new Set(),
  drops: new Set(),
  replaces: false,
  open: true,
};

/** Finds the class that a registry would build for a type that a transform names itself. */
export type ClassFor = (type: string) => ClassSource | null;
