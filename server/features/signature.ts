/** A registered type's signature, as markdown. */
import type { Entry } from '../registry/entry.ts';

const MOST = 30;

export function signatureOf(entry: Entry): string {
  const parameters = entry.parameters.slice(0, MOST).map(({ name, required, default: fallback, annotation }) => {
    const type = annotation ? `: ${annotation}` : '';
    return `    ${name}${type}${required ? '' : `${type ? ' = ' : '='}${fallback ?? '…'}`}`;
  });
  if (entry.parameters.length > MOST) parameters.push('    …');
  if (entry.open) parameters.push('    **kwargs');
  const body = parameters.length ? `(\n${parameters.join(',\n')})` : '()';
  const where = entry.source ? '' : ' (bundled facts)';
  return `\`\`\`python\n${entry.name}${body}\n\`\`\`\n${entry.target}${where}`;
}
