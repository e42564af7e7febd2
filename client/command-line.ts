import { type ExtensionContext, Uri, window } from 'vscode';

/** What is run, and how its terminal is called. */
export interface CommandLine {
  readonly name: string;
  readonly args: readonly string[];
  readonly message: string;
  /** It has ended well, and its terminal is closed. */
  readonly done: () => void;
}

/** Runs Necktie's command line in a terminal that the user can watch: what it does (their pip, a download) is theirs to see and to stop. */
export function runCommandLine(context: ExtensionContext, { name, args, message, done }: CommandLine): void {
  const program = Uri.joinPath(context.extensionUri, 'dist', 'server', 'cli.mjs').fsPath;
  const terminal = window.createTerminal({
    name: `Necktie: ${name}`,
    shellPath: process.execPath,
    shellArgs: [program, ...args],
    // The editor's own binary is Electron: this makes it behave as node.
    env: { ELECTRON_RUN_AS_NODE: '1' },
    message,
  });
  terminal.show();
  const closing = window.onDidCloseTerminal(closed => {
    if (closed !== terminal) return;
    closing.dispose();
    if (closed.exitStatus?.code === 0) done();
  });
  context.subscriptions.push(closing);
}
