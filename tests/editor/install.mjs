/**
 * Lays out what the test in a real editor needs and the npm tree does not hold: code-server (VS Code's workbench served to a browser),
 * and Debian's Chromium, ripgrep and one font. code-server goes into Necktie's cache, once.
 *
 * A plain `npm install code-server` does not do: the post-install script of its ripgrep downloads from elsewhere, so every script is left
 * out and only the four native modules that it cannot start without are built here, with the node that will run it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '4.100.3';
const NATIVE_MODULES = ['@vscode/spdlog', 'native-watchdog', 'node-pty'];
const DEBIAN_PACKAGES = { chromium: 'chromium', rg: 'ripgrep' };

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'necktie');

/** Folder and entry point of code-server, and the browser's path: what the test starts. */
export const editor = {
  folder: join(cache, 'code-server'),
  entry: join(cache, 'code-server', 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  get browser() {
    return onPath('chromium') ?? onPath('chromium-browser') ?? onPath('google-chrome');
  },
};

/** Makes everything `editor` names exist, or throws with what to do. Quick when it does already. Test files that run at once wait for each other. */
export function installEditor() {
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, 'code-server.lock');
  while (!taken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  try {
    installDebianPackages();
    if (readOr(stamp()) !== VERSION) installCodeServer();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The lock is a file with its owner's process id; one whose owner is gone is void. */
function taken(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const owner = Number(readOr(lock));
  if (owner > 0 && !alive(owner)) rmSync(lock, { force: true });
  return false;
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function installDebianPackages() {
  const missing = Object.keys(DEBIAN_PACKAGES).filter(program => (program === 'chromium' ? editor.browser : onPath(program)) === undefined);
  if (missing.length === 0) return;
  const packages = [...missing.map(program => DEBIAN_PACKAGES[program]), 'fonts-dejavu-core'];
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || onPath('apt-get') === undefined) {
    throw new Error(`The editor test needs ${missing.join(' and ')}. Install them (on Debian: sudo ${command}) and run it again.`);
  }
  say(`installing ${packages.join(', ')} from Debian`);
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  execFileSync('apt-get', ['update', '-qq'], quiet);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
}

function installCodeServer() {
  say(`installing code-server ${VERSION} into ${editor.folder} (about a minute, 320 MB)`);
  rmSync(editor.folder, { recursive: true, force: true });
  mkdirSync(editor.folder, { recursive: true });
  writeFileSync(join(editor.folder, 'package.json'), '{ "name": "necktie-editor", "private": true }\n');
  const workbench = join(editor.folder, 'node_modules', 'code-server', 'lib', 'vscode');

  install(editor.folder, `code-server@${VERSION}`);
  // Its own manifests, without its shrinkwrap's check: that lacks a package it lists, so `npm ci` refuses it.
  install(workbench, '--omit=dev');
  install(join(workbench, 'extensions'), '--omit=dev');
  // Through npm, whose variables its build file asks for; from source, so that no prebuilt binary is fetched.
  run('npm', ['rebuild', 'argon2', '--ignore-scripts=false', '--build-from-source', ...headers(), '--loglevel=error'], editor.folder);
  for (const name of NATIVE_MODULES) build(join(workbench, 'node_modules', ...name.split('/')));
  completeTree(workbench);

  execFileSync(process.execPath, [editor.entry, '--version'], { stdio: 'ignore' });
  writeFileSync(stamp(), VERSION);
}

/** What code-server's own post-install script would have linked. */
function completeTree(workbench) {
  link('node_modules', join(workbench, 'node_modules.asar'));
  link('code-linux.sh', join(workbench, 'bin', 'remote-cli', 'code-server'));
  link('browser-linux.sh', join(workbench, 'bin', 'helpers', 'browser.sh'));
  const ripgrep = join(workbench, 'node_modules', '@vscode', 'ripgrep', 'bin');
  mkdirSync(ripgrep, { recursive: true });
  link(onPath('rg'), join(ripgrep, 'rg'));
}

function install(folder, ...what) {
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...what], folder);
}

function build(folder) {
  const gyp = resolve(dirname(realpathSync(onPath('npm'))), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  run(process.execPath, [gyp, 'rebuild', '-j', '2', ...headers()], folder);
}

/** This node's own headers where they lie beside it, so that none are fetched. */
function headers() {
  const prefix = resolve(dirname(realpathSync(process.execPath)), '..');
  return existsSync(join(prefix, 'include', 'node', 'common.gypi')) ? [`--nodedir=${prefix}`] : [];
}

function run(program, args, cwd) {
  const done = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (done.status !== 0) {
    const log = `${done.error ?? ''}\n${done.stdout}\n${done.stderr}`.trim().split('\n').slice(-30).join('\n');
    throw new Error(`${program} ${args.join(' ')}\nin ${cwd} failed:\n${log}`);
  }
}

function link(target, at) {
  rmSync(at, { force: true });
  symlinkSync(target, at);
}

function onPath(program) {
  return (process.env.PATH ?? '')
    .split(':')
    .map(folder => join(folder, program))
    .find(existsSync);
}

const stamp = () => join(editor.folder, 'installed');
const readOr = file => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);
const say = line => process.stderr.write(`${line}\n`);

if (process.argv[1] === fileURLToPath(import.meta.url)) installEditor();
