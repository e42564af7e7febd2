import { Uri } from 'vscode';
import { NETWORK, type NetworkParams, type NetworkResult } from '../../server/protocol.ts';
import type { Server } from '../language-server.ts';

/** Asks the server. Never rejects: one that is gone will be asked again. */
export async function networkOf(server: Server, config: string, size: NetworkParams['size']): Promise<NetworkResult> {
  await server.started;
  const params: NetworkParams = { uri: Uri.file(config).toString(), size };
  return server.client.sendRequest<NetworkResult>(NETWORK, params).catch((): NetworkResult => ({ kind: 'later' }));
}
