/** A network as a drawing: from left to right where there is room, else from top to bottom. */
import type { DrawnNetwork } from './description.ts';
import type { Scale } from './marks.ts';
import { drawNarrow } from './narrow.ts';
import type { Scene } from './scene.ts';
import { drawWide, naturalWidth } from './wide.ts';

export interface DrawOptions {
  /** Pixels that it may take. */
  readonly width: number;
  /** Of the bars; several drawings may share one. */
  readonly scale?: Scale;
  /** With the backbone's way to its first level: yes, unless it is said. */
  readonly stages?: boolean;
}

/** What a file is drawn in: as many columns as there are, with room between them. */
export const fileWidth = (network: DrawnNetwork): number => Math.max(NARROWEST_FILE, naturalWidth(network));
const NARROWEST_FILE = 480;

export function drawNetwork(network: DrawnNetwork, { width, scale = scaleOf([network]), stages = true }: DrawOptions): Scene {
  return drawWide(network, { width, scale, stages }) ?? drawNarrow(network, { width, scale });
}

/** The most that any part has. */
export function scaleOf(networks: readonly Pick<DrawnNetwork, 'parts'>[]): Scale {
  const parts = networks.flatMap(network => network.parts);
  return {
    parameters: Math.max(0, ...parts.map(part => part.parameters ?? 0)),
    macs: Math.max(0, ...parts.map(part => part.macs ?? 0)),
  };
}
