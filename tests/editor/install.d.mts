export const editor: { readonly folder: string; readonly entry: string; readonly browser: string | undefined };
export function installEditor(): void;
