/** An entry in words: its call as Python would show it, and where it comes from. */
import type { Entry } from '../registry/entry.ts';

const LONGEST = 80;

/** `ResNet(depth, in_channels=3, …)`, one parameter a line where it is long. */
export function signatureText(entry: Entry): string {
  const parts = entry.parameters.map(({ name, required, default: fallback, annotation }) => {
    const typed = annotation ? `${name}: ${annotation}` : name;
    return required ? typed : annotation ? `${typed} = ${fallback}` : `${typed}=${fallback}`;
  });
  if (entry.open) parts.push(`**${entry.variadic.kwargs ?? 'kwargs'}`);
  const line = `${entry.name}(${parts.join(', ')})`;
  return line.length <= LONGEST ? line : `${entry.name}(\n${parts.map(part => `    ${part},`).join('\n')}\n)`;
}

/** The same list is shown at every key that is pressed. */
const known = new WeakMap<Entry, string>();

/** Markdown. */
export function documentationOf(entry: Entry, version: string | null): string {
  const before = known.get(entry);
  if (before !== undefined) return before;
  const where = `${entry.scope}${version ? ` ${version}` : ''} · \`${entry.target}\``;
  const text = `\`\`\`python\n${signatureText(entry)}\n\`\`\`\n${where}${entry.summary ? `\n\n${entry.summary}` : ''}`;
  known.set(entry, text);
  return text;
}
