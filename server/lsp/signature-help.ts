/** A signature as an editor takes it. */
import type { SignatureHelp } from 'vscode-languageserver';
import type { Signature } from '../features/signature.ts';

export function signatureHelp({ label, documentation, parameters, active }: Signature): SignatureHelp {
  return {
    signatures: [
      {
        label,
        documentation: { kind: 'markdown', value: documentation },
        parameters: parameters.map(parameter => ({
          label: [...parameter.label],
          documentation: { kind: 'markdown', value: parameter.documentation },
        })),
      },
    ],
    activeSignature: 0,
    // Past the last one none is marked: that is how the protocol says "none yet" to editors that have no null for it.
    activeParameter: active ?? parameters.length,
  };
}
