type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** An HTML element. Attributes that are false or null are left out, true is the bare name. No `style`: the page's policy forbids it inline. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  set(made, attributes);
  made.append(...children.filter(child => child !== null));
  return made;
}

export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Node[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  set(made, attributes);
  made.append(...children);
  return made;
}

export function button(title: string, onClick: () => void, attributes: Attributes = {}, ...children: Child[]): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, ...(children.length === 0 ? [title] : children));
  made.addEventListener('click', onClick);
  return made;
}

/** Icons are drawn here, 16 × 16, in the text's colour. */
const ICONS = {
  down: 'M4 6.2l4 4 4-4',
  left: 'M10 3.5L5.5 8l4.5 4.5',
  right: 'M6 3.5L10.5 8 6 12.5',
  done: 'M3 8.5l3.4 3.4L13.2 5',
  info: 'M8 2a6 6 0 100 12A6 6 0 008 2zM8 7.2v3.6M8 5v.2',
  warning: 'M8 2.2L14.4 13.6H1.6zM8 6.5v3.6M8 11.8v.1',
  error: 'M8 2a6 6 0 100 12A6 6 0 008 2zM5.9 5.9l4.2 4.2M10.1 5.9l-4.2 4.2',
  turning: 'M8 2.5A5.5 5.5 0 112.5 8',
  dot: 'M8 7.6v.8',
} as const;

export function icon(name: keyof typeof ICONS, className = ''): SVGSVGElement {
  return svgElement(
    'svg',
    { class: `icon ${className}`.trim(), viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svgElement('path', { d: ICONS[name] }),
  );
}

/** A class's colour as a small square before its name. `kind`: how it is drawn, where it is no full square; the colour is the border's then. */
export function colourKey(colour: string, kind = 'found'): HTMLElement {
  const key = element('i', { class: kind === 'found' || kind === 'matched' ? 'key' : `key ${kind}` });
  if (kind === 'found' || kind === 'matched') key.style.backgroundColor = colour;
  else key.style.borderColor = colour;
  return key;
}

function set(target: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null) target.setAttribute(name, value === true ? '' : String(value));
  }
}
