/** Which version of a package a workspace asks for: its requirement files, then its project file. */
import type { Host } from '../project/host.ts';

const FILES = /^(?:requirements[\w.-]*\.txt|constraints[\w.-]*\.txt|setup\.cfg|pyproject\.toml|environment\.ya?ml)$/;

/** pip's own words after the name: `==3.3.0`, `>=3.0.0,<3.4.0`; null where nothing names the package with a version. */
export function pinOf(host: Host, root: string, name: string): string | null {
  const files = [
    ...host.list(root).flatMap(entry => (entry.kind === 'file' && FILES.test(entry.name) ? [`${root}/${entry.name}`] : [])),
    ...host.list(`${root}/requirements`).flatMap(entry => (entry.name.endsWith('.txt') ? [`${root}/requirements/${entry.name}`] : [])),
  ];
  const plain = name.replace(/[-_.]+/g, '[-_.]+');
  const pinned = new RegExp(`(?:^|['"\\s])${plain}(?:\\[[^\\]]*\\])?\\s*((?:[=<>!~]=?=?\\s*[\\w.*+!-]+\\s*,?\\s*)+)`, 'im');
  for (const file of files) {
    const found = pinned.exec(host.read(file) ?? '');
    if (found) return found[1]!.replace(/\s+/g, '').replace(/,$/, '');
  }
  return null;
}
