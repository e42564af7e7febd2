/** An entry in words: its call as Python would show it, and where it comes from. */
import type { Entry, Parameter } from '../registry/entry.ts';

const LONGEST = 80;
/** A call of more parameters than a person looks through is cut off. */
const MOST = 40;

/** `ResNet(depth, in_channels=3, …)`, one parameter a line where it is long. */
function signatureText(entry: Entry): string {
  const parts = entry.parameters.map(({ name, required, default: fallback, annotation }) => {
    const typed = annotation ? `${name}: ${annotation}` : name;
    return required ? typed : annotation ? `${typed} = ${fallback}` : `${typed}=${fallback}`;
  });
  if (parts.length > MOST) parts.splice(MOST, parts.length, '…');
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
  const where = `${entry.scope}${version ? ` ${version}` : ''} · \`${entry.target}\`${entry.source ? '' : ' (bundled facts)'}`;
  // A long call is more than an editor shows without scrolling: what it is comes first.
  const text = `${where}${entry.summary ? `\n\n${entry.summary}` : ''}\n\n\`\`\`python\n${signatureText(entry)}\n\`\`\``;
  known.set(entry, text);
  return text;
}

/** An argument as its signature has it, whose it is, and what the docstring says of it. Markdown. */
export function argumentText(entry: Entry, parameter: Parameter): string {
  const annotation = parameter.annotation ? `: ${parameter.annotation}` : '';
  const fallback = parameter.required ? '' : ` = ${parameter.default ?? '…'}`;
  const choices = parameter.choices
    ? `\n\nOne of ${parameter.choices.values.map(value => `\`${value === null ? 'None' : value}\``).join(', ')}`
    : '';
  const from = parameter.from ? `\n\nTaken by \`${parameter.from.split('.').at(-1)}\`` : '';
  const description = parameter.description ? `\n\n${parameter.description}` : '';
  return `\`\`\`python\n${parameter.name}${annotation}${fallback}\n\`\`\`\nof \`${entry.name}\` (${entry.scope})${description}${choices}${from}`;
}
