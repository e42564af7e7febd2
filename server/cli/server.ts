/** `necktie server --stdio`: the language server, for any editor. */
import { Arguments } from './arguments.ts';
import { type Command, EXIT, Misuse } from './command.ts';

export const serverCommand: Command = {
  name: 'server',
  usage: 'necktie server --stdio\n\n  --stdio                speak LSP over standard input and output',
  async run(args) {
    const options = new Arguments(args, { flags: ['stdio', 'node-ipc'], values: ['clientProcessId'] });
    if (options.rest.length) throw new Misuse(`there is no argument ${options.rest[0]}`);
    if (!options.flag('stdio') && !options.flag('node-ipc')) throw new Misuse('--stdio is needed');
    // The connection reads the process's own arguments; it ends the process when the client says so.
    const { serve } = await import('../lsp/serve.ts');
    serve();
    await new Promise<void>(() => undefined);
    return EXIT.fine;
  },
};
