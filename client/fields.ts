/** The fields of what was kept as JSON over a restart, each to be looked at before it is believed; none where it is no object. */
export function fields(kept: unknown): Readonly<Record<string, unknown>> {
  return typeof kept === 'object' && kept !== null ? Object.fromEntries(Object.entries(kept)) : {};
}
