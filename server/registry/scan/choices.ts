/** The literals that a constructor takes for a parameter, through what its bases demand of it and the tables of whichever class is built. */
import type { Choices } from '../entry.ts';
import type { ClassOutline, Constructor, RawParameter } from './definitions.ts';
import type { Demand } from './demands.ts';
import { literal, type Table } from './literal-table.ts';
import type { Modules } from './modules.ts';

/** One class of a method resolution order, where its source is at hand. */
export interface Written {
  readonly module: string;
  readonly outline: ClassOutline;
}

/** `order`: null for a class whose source is not at hand. `at`: whose constructor takes the parameter. */
export function choicesOf(
  modules: Modules,
  order: readonly (Written | null)[],
  at: number,
  parameter: Pick<RawParameter, 'name' | 'default'>,
): Choices | null {
  const own = order[at];
  for (const demand of own?.outline.init?.demands ?? []) {
    if (demand.parameter !== parameter.name || !own) continue;
    const table = tableOf(modules, order, own, demand);
    if (!table) continue;
    const values = demand.orNone && !table.values.includes(null) ? [...table.values, null] : table.values;
    const choices: Choices = { values, of: demand.of, caseless: demand.caseless };
    // A class that refuses its own default is one that was misread.
    return isAmong(choices, parameter.default) ? choices : null;
  }
  return null;
}

function tableOf(modules: Modules, order: readonly (Written | null)[], own: Written, { among }: Demand): Table | null {
  if (among.kind === 'table') return among.table;
  const table = among.kind === 'attribute' ? attribute(order, among.name) : named(modules, own, among.name);
  return table && (!among.lookedUp || table.kind === 'dict') ? table : null;
}

/** Of the first class that has it, unless a constructor changes it or a class in front of it may have it too. */
function attribute(order: readonly (Written | null)[], name: string): Table | null {
  if (order.some(written => written?.outline.init?.sets.includes(name))) return null;
  for (const written of order) {
    if (!written) return null;
    const table = written.outline.tables.find(([known]) => known === name);
    if (table) return table[1];
  }
  return null;
}

function named(modules: Modules, own: Written, name: string): Table | null {
  const definition = modules.resolve(own.module, name);
  return definition?.kind === 'table' ? definition.table : null;
}

function isAmong({ values, of, caseless }: Choices, fallback: string | null): boolean {
  const value = fallback === null ? undefined : literal(fallback);
  if (value === undefined || (of === 'str' && typeof value !== 'string')) return true;
  return values.includes(caseless && typeof value === 'string' ? value.toLowerCase() : value);
}

/** The parameter of a base that gets a parameter as it is; null where none does. */
export function passedAs(init: Constructor, name: string, base: Constructor): RawParameter | null {
  if (init.reassigned.includes(name)) return null;
  const to = init.passed?.to?.same.find(([, given]) => given === name)?.[0];
  if (to === undefined) return null;
  const takes = base.parameters.slice(1);
  return (typeof to === 'number' ? takes[to] : takes.find(parameter => parameter.name === to)) ?? null;
}
