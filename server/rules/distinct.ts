/** One finding a place: a variable and the part it is used in come from the same text. */
export function distinct<T extends { readonly site: { readonly file: string; readonly start: number }; readonly message: string }>(
  findings: readonly T[],
): readonly T[] {
  if (findings.length < 2) return findings;
  const seen = new Set<string>();
  return findings.filter(({ site, message }) => {
    // One text may be that of several loaders: `test_dataloader = val_dataloader`.
    const key = `${site.file} ${site.start} ${message.replace(/`(?:train|val|test)_(dataloader|evaluator)\b/g, '`$1')}`;
    return !seen.has(key) && seen.add(key);
  });
}
