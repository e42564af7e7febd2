/** What the list of backbones says of each, in words. */
import type { BackboneRecord, BackbonesResult, LevelRecord, ReplaceBackboneResult } from '../../server/protocol.ts';

export interface BackboneWords {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

/** `measured`: what it was found to give, or why it will not do; undefined where that was not looked at. */
export function backboneWords(
  backbone: BackboneRecord,
  measured?: { readonly levels: readonly LevelRecord[]; readonly parameters: number | null } | { readonly reason: string },
): BackboneWords {
  return { label: backbone.type, description: settingText(backbone), detail: detailOf(backbone, measured) };
}

/** `depth=101 · mmdet`. */
function settingText({ set, library, type }: BackboneRecord): string {
  const setting = Object.entries(set)
    .map(([name, value]) => `${name}=${value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value}`)
    .join(' ');
  // A prefix says the library already.
  return [setting, type.startsWith(`${library}.`) || type.startsWith(`${library}/`) ? '' : library].filter(Boolean).join(' · ');
}
const LONGEST = 40;

function detailOf({ levels, misses, needs }: BackboneRecord, measured: Parameters<typeof backboneWords>[1]): string {
  if (measured && 'reason' in measured) return `$(circle-slash) ${measured.reason}`;
  if (measured) return `${levelsText(measured.levels)}${measured.parameters === null ? '' : ` · ${millions(measured.parameters)}`}`;
  if (levels) return levelsText(levels);
  if (misses) return `$(circle-slash) ${misses.length === 1 ? 'stride' : 'strides'} ${misses.join('/')} alone`;
  return needs.length ? `asks for ${needs.map(need => need.name).join(', ')}` : '';
}

/** `stages: 512/1024/2048 · strides 8/16/32`. */
export function levelsText(levels: readonly LevelRecord[]): string {
  const channels = levels.map(level => level.channels).join('/'),
    strides = levels.map(level => level.stride).join('/');
  return levels.length === 1 ? `stage: ${channels} · stride ${strides}` : `stages: ${channels} · strides ${strides}`;
}

const millions = (parameters: number): string => `${(parameters / 1e6).toFixed(1)} M`;

/** Those that fit first, then those that are not known, then those that will not do; each in the server's order. */
export function inOrder(backbones: readonly BackboneRecord[]): readonly BackboneRecord[] {
  const rank = ({ levels, misses }: BackboneRecord): number => (levels ? 0 : misses ? 2 : 1);
  return backbones.toSorted((a, b) => rank(a) - rank(b));
}

/** `mmdet.ResNet: 512/1024/2048 at strides 8/16/32, 69.7 M parameters, 77.6 G MACs`. */
export function replacedText(type: string, { levels, parameters, macs }: Extract<ReplaceBackboneResult, { kind: 'replaced' }>): string {
  const size = [
    parameters === null ? null : `the model has ${millions(parameters)} parameters`,
    macs === null ? null : `${(macs / 1e9).toFixed(1)} G MACs`,
  ].filter(text => text !== null);
  return [`${type}: ${levelsText(levels)}`, ...size].join(', ');
}

/** What the list is for. */
export const placeholderOf = ({ now, strides }: Extract<BackbonesResult, { kind: 'list' }>): string =>
  `In place of ${now ?? 'the backbone'}: its neck takes levels at the strides ${strides.join('/')}`;
