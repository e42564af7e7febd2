/** The edge where a network's places become an editor's. */
import type { NetworkFound } from '../features/network.ts';
import type { NetworkDescription, NetworkProblem, SourcePlace } from '../picture/description.ts';
import type { NetworkResult } from '../protocol.ts';
import type { Site } from '../python/value.ts';
import type { Diagnostic } from '../rules/diagnostic.ts';
import type { Converter } from './convert.ts';
import type { Uris } from './uris.ts';

export function networkResult(found: NetworkFound, converter: Converter, uris: Uris): NetworkResult {
  const placeOf = (site: Site): SourcePlace => converter.location(site);
  if (found.kind === 'unread') return { kind: 'unread', message: found.message, place: found.site && placeOf(found.site) };
  if (found.kind !== 'network') return found;
  return {
    kind: 'network',
    network: withPlaces(found.network, placeOf),
    problems: found.diagnostics.map(diagnostic => problem(diagnostic, placeOf, converter, uris)),
  };
}

function withPlaces(network: NetworkDescription<Site>, placeOf: (site: Site) => SourcePlace): NetworkDescription {
  const place = (site: Site | null): SourcePlace | null => site && placeOf(site);
  return {
    ...network,
    parts: network.parts.map(part => ({ ...part, place: place(part.place), source: place(part.source) })),
    types: network.types.map(type => ({ ...type, source: place(type.source) })),
  };
}

function problem(
  { severity, code, message, site, related, fixes }: Diagnostic,
  placeOf: (site: Site) => SourcePlace,
  converter: Converter,
  uris: Uris,
): NetworkProblem {
  return {
    severity,
    code,
    message,
    place: placeOf(site),
    related: related.map(one => ({ message: one.message, place: placeOf(one.site) })),
    fixes: fixes.map(({ title, edits }) => ({
      title,
      edits: edits.map(({ file, start, end, text }) => ({ uri: uris.uri(file), range: converter.range(file, start, end), newText: text })),
    })),
  };
}
