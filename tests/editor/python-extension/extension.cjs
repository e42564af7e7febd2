// The API that https://github.com/microsoft/vscode-python/wiki/Python-Environment-APIs documents, over the workspace's folders `envs/one` and `envs/two`.
const { join } = require('node:path');
const { commands, EventEmitter, workspace } = require('vscode');

exports.activate = async context => {
  const changed = new EventEmitter();
  let name = 'one';
  const path = () => join(workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'envs', name);
  const active = () => ({ id: path(), path: path() });
  context.subscriptions.push(
    changed,
    commands.registerCommand('python.testOther', () => {
      name = name === 'one' ? 'two' : 'one';
      changed.fire({ ...active(), resource: undefined });
    }),
  );
  // The real one takes its time as well.
  await new Promise(wake => setTimeout(wake, 500));
  return {
    ready: Promise.resolve(),
    environments: {
      known: [],
      getActiveEnvironmentPath: active,
      resolveEnvironment: async ({ id, path: folder }) => ({ id, path: folder, environment: { folderUri: undefined }, tools: ['Venv'] }),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
