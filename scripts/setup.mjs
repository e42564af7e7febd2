/** Installs what is missing (npm packages, the libraries' sources) and builds. Each step is skipped where it has nothing to do. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';

/** Necktie's cache of libraries' sources: where `necktie fetch` lays them, too. */
export const libraries = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'necktie', 'libraries');

/** Runs a program to its end with its output shown; answers its exit code. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { cwd: top, stdio: 'inherit', shell: windows, ...options });
  if (error) throw error;
  return status ?? 1;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 9)) return;
  fail(`Necktie needs Node 20.9 or newer; this is ${process.version}. Install a newer Node and run the command again.`);
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/** `npm ci`, unless what is installed is what the lock file says. */
function installPackages() {
  const installed = join(top, 'node_modules', '.package-lock.json');
  const fresh = existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(top, 'package-lock.json')).mtimeMs;
  if (fresh) return;
  console.log('Installing npm packages …');
  if (run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']))
    fail('`npm ci` failed: see above. Necktie needs the npm registry once, at its first start.');
}

/** A Python 3 with pip, or null. */
function findPython() {
  for (const name of windows ? ['py', 'python'] : ['python3', 'python']) {
    const { status } = spawnSync(name, ['-m', 'pip', '--version'], { stdio: 'ignore' });
    if (status === 0) return name;
  }
  return null;
}

/** Lays the libraries' sources out in the cache with pip, whole or not at all. Answers whether they are there. */
function fetchLibraries() {
  const list = join(top, 'scripts', 'libraries.txt');
  const mark = join(libraries, '.necktie-libraries');
  const wanted = readFileSync(list, 'utf8');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return true;
  const python = findPython();
  if (!python) {
    console.log(
      'No Python 3 with pip was found: going on with the bundled facts (types, arguments, channels of backbones), without the libraries’ sources.',
    );
    return false;
  }
  console.log(`Fetching the OpenMMLab libraries’ sources into ${libraries} (once, without their dependencies) …`);
  mkdirSync(dirname(libraries), { recursive: true });
  const fresh = `${libraries}.new-${process.pid}`;
  const options = ['-q', '--disable-pip-version-check', '--no-deps', '--no-compile', '--target', fresh, '-r', list];
  const { status, stderr } = spawnSync(python, ['-m', 'pip', 'install', ...options], { encoding: 'utf8' });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    console.log(`pip could not fetch them; going on with the bundled facts. pip said:\n${stderr.trim().split('\n').slice(-3).join('\n')}`);
    return false;
  }
  writeFileSync(join(fresh, '.necktie-libraries'), wanted);
  rmSync(libraries, { recursive: true, force: true });
  renameSync(fresh, libraries);
  return true;
}

/** Everything that a clone needs before it can do anything. */
export function setUp() {
  checkNode();
  installPackages();
  const sources = fetchLibraries();
  if (run(process.execPath, [join(top, 'scripts', 'build.mjs')])) fail('The build failed: see above.');
  return { sources };
}
