/** The same text, holding on to nothing else: what is cut out of a text keeps V8 from letting go of the whole. For what outlives that. */
export const ownText = (text: string): string => ` ${text}`.slice(1);
