/** A drawing as the text of an SVG file that needs nothing beside it. */
import { type Palette, resolvedAttributes, type Scene, type SceneNode } from './scene.ts';

/** What a file is drawn in where no theme is asked for. */
export const LIGHT: Palette = {
  background: '#ffffff',
  foreground: '#3b3b3b',
  dim: '#5f5f5f',
  box: '#f8f8f8',
  border: '#c8c8c8',
  line: '#3b3b3b',
  error: '#e51400',
  errorText: '#c72e0f',
};

const MARGIN = 16;

export function svgText({ width, height, nodes }: Scene, palette: Palette, title: string, font = FONT): string {
  const [w, h] = [Math.ceil(width) + 2 * MARGIN, Math.ceil(height) + 2 * MARGIN];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="${-MARGIN} ${-MARGIN} ${w} ${h}" font-family="${escaped(font)}" font-size="11" style="font-variant-numeric:tabular-nums">
<title>${escaped(title)}</title>
<rect x="${-MARGIN}" y="${-MARGIN}" width="${w}" height="${h}" fill="${palette.background}"/>
${nodes.map(one => textOf(one, palette)).join('\n')}
</svg>
`;
}

const FONT = "'Segoe UI', system-ui, Ubuntu, 'Droid Sans', sans-serif";

function textOf(one: SceneNode, palette: Palette): string {
  // Marks for a page's hand and eye mean nothing in a file.
  const attributes = resolvedAttributes(one, palette)
    .filter(([name]) => name !== 'class' && !name.startsWith('data-'))
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join('');
  const inside = one.children.map(child => (typeof child === 'string' ? escaped(child) : textOf(child, palette))).join('');
  return inside ? `<${one.tag}${attributes}>${inside}</${one.tag}>` : `<${one.tag}${attributes}/>`;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
