/** A drawing as plain data: elements of SVG. A page makes elements of it, the command line text. */

/** A colour that the theme, or the file, has its own value for. */
export type ColourName = 'background' | 'foreground' | 'dim' | 'box' | 'border' | 'line' | 'error' | 'errorText';
export type Palette = Readonly<Record<ColourName, string>>;

/** `fill` and `stroke` name colours; all else is as SVG has it. */
export interface Attributes {
  readonly fill?: ColourName | 'none';
  readonly stroke?: ColourName | 'none';
  readonly [name: string]: string | number | undefined;
}
export interface SceneNode {
  readonly tag: 'g' | 'rect' | 'path' | 'text' | 'title' | 'svg';
  readonly attributes: Attributes;
  readonly children: readonly (SceneNode | string)[];
}
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly SceneNode[];
}

export const node = (tag: SceneNode['tag'], attributes: Attributes, ...children: (SceneNode | string)[]): SceneNode => ({
  tag,
  attributes,
  children,
});

/** With the palette's values in place of colours' names; what is undefined is left out. */
export function resolvedAttributes({ attributes }: SceneNode, palette: Palette): readonly (readonly [name: string, value: string])[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const isColour = name === 'fill' || name === 'stroke';
    return [[name, isColour && isColourName(value) ? palette[value] : typeof value === 'number' ? rounded(value) : value] as const];
  });
}

const NAMES: readonly ColourName[] = ['background', 'foreground', 'dim', 'box', 'border', 'line', 'error', 'errorText'];
const isColourName = (value: string | number | undefined): value is ColourName => NAMES.some(name => name === value);
const rounded = (value: number): string => String(Math.round(value * 100) / 100);

export const shifted = (x: number, y: number, nodes: readonly SceneNode[]): SceneNode =>
  node('g', { transform: `translate(${rounded(x)} ${rounded(y)})` }, ...nodes);
