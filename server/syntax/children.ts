/** What a node is made of, for whoever walks a tree and need not know its forms. */

/** Anything that has parts. */
export type Fields = Readonly<Record<string, unknown>>;
export const isFields = (v: unknown): v is Fields => typeof v === 'object' && v !== null;

/** Whether one of a node's own parts is so. A function's body is one: it is read then. */
export function someChild(node: object, isSo: (child: Fields, field: string) => boolean): boolean {
  if (!isFields(node)) return false;
  // Not by `Object.entries`: whole bodies are walked, most of which are run once.
  for (const field in node) {
    const child = node[field];
    if (typeof child !== 'object' || child === null || field === 'span') continue;
    if (Array.isArray(child)) {
      for (const one of child as readonly unknown[]) if (isFields(one) && isSo(one, field)) return true;
    } else if (isFields(child) && isSo(child, field)) return true;
  }
  return false;
}
