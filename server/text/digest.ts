import * as crypto from 'node:crypto';

/**
 * Of a text or bytes. In one step where Node can (since 20.12): what `createHash` makes lies outside of V8's heap until garbage is collected, and a library's sources
 * ask for thousands.
 */
export function digest(algorithm: 'sha1' | 'sha256', data: string | Uint8Array, encoding: 'hex' | 'base64url' = 'hex'): string {
  const { hash } = crypto;
  return typeof hash === 'function' ? hash(algorithm, data, encoding) : crypto.createHash(algorithm).update(data).digest(encoding);
}
