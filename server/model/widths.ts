/** What libraries make of a width: a whole number, or the next multiple of eight. */
const EIGHT = 8;

/** `scaled`: a number times its factor. All that it may become, the likeliest first. */
export const widthsOf = (scaled: number): readonly number[] => [
  ...new Set([Math.round(scaled), Math.floor(scaled), Math.ceil(scaled / EIGHT) * EIGHT]),
];
export const isScaled = (scaled: number, width: number | undefined): boolean => width !== undefined && widthsOf(scaled).includes(width);
