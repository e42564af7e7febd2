import type { NetworkDescription, NetworkPart } from '../../../server/picture/description.ts';
import { drawNetwork } from '../../../server/picture/draw-network.ts';
import type { Scale } from '../../../server/picture/marks.ts';
import { resolvedAttributes, type Scene, type SceneNode } from '../../../server/picture/scene.ts';
import { THEME } from './theme.ts';

export interface Graph {
  readonly element: HTMLElement;
  update(network: NetworkDescription, scale: Scale, stages: boolean): void;
}

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** The drawing, made anew when the panel's width changes. Each part is a link. */
export function createGraph(go: (part: NetworkPart, toSource: boolean) => void): Graph {
  const element = document.createElement('div');
  element.className = 'graph';
  let drawn: { readonly network: NetworkDescription; readonly scale: Scale; readonly stages: boolean } | null = null;
  let width = 0;

  const draw = (): void => {
    if (drawn === null || width === 0) return;
    const focused = document.activeElement instanceof SVGElement ? document.activeElement.dataset.part : undefined;
    const scene = drawNetwork(drawn.network, { width, scale: drawn.scale, stages: drawn.stages });
    element.replaceChildren(svgOf(scene, title(drawn.network)));
    if (focused !== undefined) element.querySelector<SVGElement>(`[data-part="${CSS.escape(focused)}"]`)?.focus();
  };
  new ResizeObserver(([entry]) => {
    const next = Math.floor(entry?.contentRect.width ?? 0);
    if (next === width) return;
    width = next;
    draw();
  }).observe(element);

  const partOf = (target: EventTarget | null): NetworkPart | undefined => {
    const link = target instanceof Element ? target.closest<SVGElement>('[data-part]') : null;
    return drawn?.network.parts.find(part => part.name === link?.dataset.part);
  };
  element.addEventListener('click', event => {
    const part = partOf(event.target);
    if (part !== undefined) go(part, event.altKey || event.ctrlKey || event.metaKey);
  });
  element.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    const part = partOf(event.target);
    if (part === undefined) return;
    event.preventDefault();
    go(part, event.altKey || event.ctrlKey || event.metaKey);
  });
  return {
    element,
    update(network, scale, stages) {
      drawn = { network, scale, stages };
      draw();
    },
  };
}

const title = ({ parts, size: [width, height] }: NetworkDescription): string =>
  `${parts.map(part => part.name).join(', ')} at ${width} × ${height}`;

function svgOf({ width, height, nodes }: Scene, label: string): SVGSVGElement {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('width', String(Math.ceil(width)));
  svg.setAttribute('height', String(Math.ceil(height)));
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-label', label);
  svg.append(...nodes.map(elementOf));
  return svg;
}

function elementOf(one: SceneNode): SVGElement {
  const made = document.createElementNS(NAMESPACE, one.tag);
  for (const [name, value] of resolvedAttributes(one, THEME)) made.setAttribute(name, value);
  if (made.dataset.part !== undefined) {
    made.setAttribute('role', 'link');
    made.setAttribute('tabindex', '0');
  }
  made.append(...one.children.map(child => (typeof child === 'string' ? child : elementOf(child))));
  return made;
}
