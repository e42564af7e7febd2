import { type ExtensionContext, extensions, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State, TransportKind } from 'vscode-languageclient/node';
import { watchPythonEnvironment } from './python-environment.ts';
import { SERVER_ENVIRONMENT } from './server-environment.ts';

/** The server as the rest of the client sees it. `started` never rejects: a server that cannot start says so itself and leaves the commands. */
export interface Server {
  readonly client: LanguageClient;
  readonly started: Promise<void>;
  /** The Python whose packages count: an executable or an environment's folder; undefined: the server looks for one. */
  python(): string | undefined;
  restart(): Promise<void>;
  dispose(): void;
}

/** Starts `dist/server/main.mjs` with the editor's own node, over IPC. The library restarts it when it dies, up to five times in three minutes. */
export function startServer(context: ExtensionContext, log: LogOutputChannel): Server {
  const module = Uri.joinPath(context.extensionUri, 'dist', 'server', 'main.mjs').fsPath;
  const serverOptions: ServerOptions = {
    run: { module, transport: TransportKind.ipc, options: { env: SERVER_ENVIRONMENT } },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--enable-source-maps', '--inspect=6009'] } },
  };
  const clientOptions: LanguageClientOptions = {
    documentSelector: ['python', 'json', 'jsonc', 'yaml'].map(language => ({ scheme: 'file', language })),
    outputChannel: log,
    initializationOptions: workspace.getConfiguration('necktie'),
    middleware: {
      workspace: {
        // What is set counts; else what is selected in the Python extension.
        configuration: async (params, token, next) => {
          const answers = await next(params, token);
          if (!Array.isArray(answers)) return answers;
          return answers.map((answer, i) => (params.items[i]?.section === 'necktie' ? withPython(answer, selected()) : answer));
        },
      },
    },
  };
  const python = watchPythonEnvironment(
    extensions.getExtension<unknown>('ms-python.python'),
    () => void started.then(() => client.sendNotification('workspace/didChangeConfiguration', { settings: null })).catch(() => undefined),
    reason => log.warn(reason),
  );
  const selected = (): string | undefined => python.path(workspace.workspaceFolders?.[0]?.uri);
  const client = new LanguageClient('necktie', 'Necktie', serverOptions, clientOptions);
  const started = client.start().catch((error: unknown) => {
    log.error(`The server did not start: ${String(error)}`);
    void offerRestart();
  });
  const offerRestart = async (): Promise<void> => {
    const answer = await window.showErrorMessage(
      'Necktie’s server did not start. Checks, completion and detection are off until it does.',
      'Restart',
      'Show Log',
    );
    if (answer === 'Restart') await client.start();
    if (answer === 'Show Log') log.show();
  };
  return {
    client,
    started,
    python: () => workspace.getConfiguration('necktie').get('python', '') || selected(),
    restart: () => (client.state === State.Stopped ? client.start() : client.restart()),
    dispose: () => {
      python.dispose();
      client.dispose().catch((error: unknown) => log.warn(`The server did not stop in time: ${String(error)}`));
    },
  };
}

/** A setting that is empty is none. */
function withPython(settings: unknown, selected: string | undefined): unknown {
  const isSet = typeof settings === 'object' && settings !== null && 'python' in settings && settings.python !== '';
  return isSet || selected === undefined ? settings : { ...(typeof settings === 'object' ? settings : {}), python: selected };
}
