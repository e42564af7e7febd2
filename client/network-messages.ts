/** What the extension and the network's page say to each other. Plain data, each message once and whole. */
import type { SourcePlace } from '../server/picture/description.ts';
import type { NetworkResult } from '../server/protocol.ts';
import type { NetworkSubject } from './network-subject.ts';

/** A config and what is known of its network; `result` null: nothing yet. */
export interface ShownNetwork {
  readonly name: string;
  readonly result: NetworkResult | null;
}

export interface NetworkView {
  readonly shown: ShownNetwork;
  readonly compared: ShownNetwork | null;
  /** Whether the text is newer than what is shown. */
  readonly busy: boolean;
  /** Whether the server has not answered for a while. */
  readonly stalled: boolean;
}

export type NetworkAction = 'fetch' | 'restart' | 'show-log' | 'end-compare';
/** `copy`: to the clipboard; `save`: into a file. */
export type DrawnFor = 'copy' | 'save';
export type PictureTheme = 'light' | 'current';

export type ToNetworkPage =
  | { readonly kind: 'show'; readonly subject: NetworkSubject; readonly view: NetworkView }
  /** Asks for the picture as an SVG. */
  | { readonly kind: 'draw'; readonly theme: PictureTheme; readonly purpose: DrawnFor };

export type FromNetworkPage =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'action'; readonly action: NetworkAction }
  | { readonly kind: 'size'; readonly size: readonly [number, number] | null }
  | { readonly kind: 'go'; readonly place: SourcePlace }
  /** Counted from 0, in the shown network's problems and in that problem's fixes. */
  | { readonly kind: 'fix'; readonly problem: number; readonly fix: number }
  | { readonly kind: 'drawn'; readonly svg: string; readonly purpose: DrawnFor };
