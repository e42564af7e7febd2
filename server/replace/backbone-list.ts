/** Every backbone that could be put into a config here: registered types with the settings whose levels are known, and timm's models. */

import { textFrom } from '../config/from-value.ts';
import { valueAt } from '../config/origins.ts';
import { type BackboneRow, backboneRows } from '../model/backbone-facts.ts';
import { TimmIndex } from '../model/timm-index.ts';
import type { Project } from '../project/project.ts';
import type { BackboneRecord, BackbonesResult } from '../protocol.ts';
import { Dict } from '../python/types/dict.ts';
import { UNFIT } from '../registry/candidates.ts';
import type { Entry } from '../registry/entry.ts';
import { literalText } from '../registry/scan/literal-table.ts';
import { viewerOf } from '../registry/viewer.ts';
import { timmWrapper } from './backbone-type.ts';
import { chooseLevels } from './choose-levels.ts';
import { CUSTOMARY, MAKES_MAPS } from './customary.ts';
import type { Level } from './levels.ts';
import { stridesWanted } from './strides-wanted.ts';

export function backboneList(project: Project, file: string): BackbonesResult {
  const config = project.config(file),
    old = valueAt(config, ['model', 'backbone']);
  if (!(old instanceof Dict)) return { kind: 'refused', reason: 'The config’s model has no backbone' };
  const strides = stridesWanted(project, config);
  if (!strides)
    return {
      kind: 'refused',
      reason: 'At which strides the neck expects its levels is not known: neither does the model run, nor does its head say it',
    };
  const scope = textFrom(config.value.get('default_scope')) ?? 'mmengine';
  const registered = project.registry
    .candidates({ scope, registry: 'model', role: 'backbone' }, viewerOf(config))
    // What is known from bundled facts alone cannot be run. Abstract bases are there to be derived from.
    .filter(({ entry, rank }) => rank < UNFIT && entry.source !== null && entry.name !== 'TIMMBackbone' && !/^Base[A-Z]/.test(entry.name));
  const backbones = [
    ...registered.flatMap(({ entry, written }) => settingsOf(entry, written, strides)),
    ...(timmWrapper(project) ? timm(project, strides) : []),
  ];
  if (!backbones.length)
    return {
      kind: 'refused',
      reason: 'No library’s source is at hand that a backbone could be built from: “Fetch Library Sources” lays them out',
    };
  return { kind: 'list', strides, now: textFrom(old.get('type')) ?? null, backbones };
}

function settingsOf(entry: Entry, written: string, strides: readonly number[]): readonly BackboneRecord[] {
  const name = `${entry.scope}.${entry.name}`,
    variant = { ...CUSTOMARY[name]?.variant };
  const listed = (set: Readonly<Record<string, string>>, row: BackboneRow | null): BackboneRecord => ({
    type: written,
    set,
    library: entry.scope,
    ...known(row, strides),
    needs: entry.parameters
      .filter(p => p.required && !(p.name in set) && !(p.name in variant))
      .map(p => ({ name: p.name, choices: (p.choices?.values ?? []).map(literalText) })),
  });
  // Settings that give vectors are asked for maps all the same.
  const rows = backboneRows(name).filter(({ set }) => Object.entries(MAKES_MAPS).every(([key, value]) => (set[key] ?? value) === value));
  return rows.length ? rows.map(row => listed(row.set, row)) : [listed({}, null)];
}

function timm(project: Project, strides: readonly number[]): readonly BackboneRecord[] {
  const models = new TimmIndex(project.host, project.environment.roots).models();
  return models.map(model => ({
    type: `timm/${model}`,
    set: {},
    library: 'timm',
    ...known(backboneRows(`timm/${model}`)[0] ?? null, strides),
    needs: [],
  }));
}

/** `row` null, or without strides: not known. */
function known(row: BackboneRow | null, strides: readonly number[]): Pick<BackboneRecord, 'levels' | 'misses'> {
  const levels = row?.channels.flatMap((channels, index): Level[] => {
    const stride = row.strides[index];
    return stride ? [{ index, channels, stride }] : [];
  });
  if (!levels?.length || levels.length !== row?.channels.length) return { levels: null, misses: null };
  const chosen = chooseLevels(levels, strides);
  return typeof chosen === 'number'
    ? { levels: null, misses: [...new Set(levels.map(l => l.stride))] }
    : { levels: chosen[0] ?? null, misses: null };
}
