import type { ColourName, Palette } from '../../../server/picture/scene.ts';

/** The drawing's colours are the editor's. */
export const THEME: Palette = {
  background: 'var(--vscode-editor-background)',
  foreground: 'var(--vscode-foreground)',
  dim: 'var(--dim)',
  box: 'var(--vscode-editorWidget-background)',
  border: 'var(--vscode-contrastBorder, var(--vscode-editorWidget-border, var(--vscode-panel-border)))',
  line: 'var(--vscode-charts-lines, var(--vscode-foreground))',
  error: 'var(--vscode-editorError-foreground, var(--vscode-errorForeground))',
  errorText: 'var(--vscode-errorForeground)',
};

/** The same as they are now, for a file: an element is asked, so that what one variable says of another is followed. */
export function currentPalette(): Palette {
  const probe = document.createElement('i');
  document.body.append(probe);
  const colour = (name: ColourName): string => {
    probe.style.color = '';
    probe.style.color = THEME[name];
    return hex(getComputedStyle(probe).color);
  };
  const found: Palette = {
    background: colour('background'),
    foreground: colour('foreground'),
    dim: colour('dim'),
    box: colour('box'),
    border: colour('border'),
    line: colour('line'),
    error: colour('error'),
    errorText: colour('errorText'),
  };
  probe.remove();
  return found;
}

/** What a canvas makes of a colour, whichever way it was written: programs that read SVG know `#rrggbb`. */
function hex(colour: string): string {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  const two = (value: number): string => value.toString(16).padStart(2, '0');
  return `#${two(red)}${two(green)}${two(blue)}${alpha < 255 ? two(alpha) : ''}`;
}
