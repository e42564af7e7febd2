/** The environment that the user selected in VS Code's Python extension. It is asked, never run, and Necktie does without where it is not installed. */

/** As much of `vscode.Extension` as is needed: what it exports is checked before it is used. */
interface Extension {
  activate(): PromiseLike<unknown>;
}
interface Disposable {
  dispose(): unknown;
}
type Folder = { readonly path: string } | undefined;
/** The extension's API, as it documents it: https://github.com/microsoft/vscode-python/wiki/Python-Environment-APIs */
interface Environments {
  getActiveEnvironmentPath(resource?: Folder): { readonly path: string };
  onDidChangeActiveEnvironmentPath(listener: (event: unknown) => void): Disposable;
}

export interface PythonEnvironment extends Disposable {
  /** An executable, or an environment's folder; undefined until it is known, and where there is none. */
  path(folder: Folder): string | undefined;
}

/** `changed`: it is known now, or another was selected. `log`: why it cannot be told. */
export function watchPythonEnvironment(
  extension: Extension | undefined,
  changed: () => void,
  log: (reason: string) => void,
): PythonEnvironment {
  let environments: Environments | undefined;
  let listening: Disposable | undefined;
  let isDisposed = false;
  const begin = async (found: Extension): Promise<void> => {
    environments = environmentsOf(await found.activate());
    if (isDisposed || environments === undefined) return;
    listening = environments.onDidChangeActiveEnvironmentPath(changed);
    changed();
  };
  if (extension !== undefined)
    begin(extension).catch((error: unknown) => log(`The Python extension did not tell its environment: ${String(error)}`));
  return {
    path: folder => {
      try {
        return environments?.getActiveEnvironmentPath(folder).path || undefined;
      } catch (error) {
        log(`The Python extension did not tell its environment: ${String(error)}`);
        return undefined;
      }
    },
    dispose: () => {
      isDisposed = true;
      listening?.dispose();
    },
  };
}

function environmentsOf(exported: unknown): Environments | undefined {
  const found = member(exported, 'environments');
  return isEnvironments(found) ? found : undefined;
}

const isEnvironments = (value: unknown): value is Environments =>
  typeof member(value, 'getActiveEnvironmentPath') === 'function' &&
  typeof member(value, 'onDidChangeActiveEnvironmentPath') === 'function';

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
