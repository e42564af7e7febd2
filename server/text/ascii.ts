/** JSON without other characters than ASCII: what its texts hold is written by its number. */
export const ascii = (json: string): string =>
  json.replace(/[^\x00-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
