/**
 * Eight colours by index: the least OKLab distance of any two is 0.093 over normal sight, protanopia, deuteranopia and tritanopia, and each has
 * 5.2 : 1 or more on the black casing that it is drawn on.
 */
export const CLASS_COLOURS = ['#ee8f24', '#7cc4ff', '#1f8f6a', '#b15fbf', '#ffe95c', '#ef3d14', '#2a8cff', '#c9f5ea'] as const;

export function classColour(label: number): string {
  const count = CLASS_COLOURS.length;
  return CLASS_COLOURS[((label % count) + count) % count] ?? CLASS_COLOURS[0];
}
