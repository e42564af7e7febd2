// Packages what scripts/build.mjs made as necktie.vsix: the extension with the native code of this platform alone, so that it runs where it is installed.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const platform = `${process.platform}-${process.arch}`;
const stage = 'out/package';
/** Beside the bundles, where Node looks for packages too: `vsce` passes over a `node_modules` at the top unless npm made it whole. */
const packages = join(stage, 'dist', 'node_modules');

rmSync(stage, { recursive: true, force: true });
mkdirSync(packages, { recursive: true });
writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
// Nothing to leave out of a stage; without the file vsce warns.
writeFileSync(join(stage, '.vscodeignore'), '');
for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE', 'NOTICE']) if (existsSync(name)) cpSync(name, join(stage, name));
for (const name of ['dist', 'media', 'syntaxes'])
  cpSync(name, join(stage, name), { recursive: true, filter: from => !/\.map$|\.snap$/.test(from) });
copyOnnxruntime();
copySharp();

const target = resolve('necktie.vsix');
// vsce writes what it packed to stdout; a build's last words are ours.
await createVSIX({
  cwd: stage,
  packagePath: target,
  dependencies: false,
  skipLicense: true,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
  target: vsceTarget(),
});
console.log(target);

/** package.json as an editor reads it. */
function manifest() {
  const {
    scripts: _,
    devDependencies: __,
    dependencies: ___,
    private: ____,
    bin: _____,
    ...rest
  } = JSON.parse(readFileSync('package.json', 'utf8'));
  return rest;
}

function copyOnnxruntime() {
  const from = join('node_modules', 'onnxruntime-node');
  const to = join(packages, 'onnxruntime-node');
  const natives = join('bin', 'napi-v6', process.platform, process.arch);
  if (!existsSync(join(from, natives))) throw new Error(`onnxruntime-node has no native code for ${platform}.`);
  for (const part of ['package.json', 'dist', natives]) cpSync(join(from, part), join(to, part), { recursive: true, filter: withoutTypes });
  copyPackage('onnxruntime-common', from => withoutTypes(from) && !/[/\\]dist[/\\]esm[/\\]/.test(from) && !/[/\\](lib|test)$/.test(from));
}

function copySharp() {
  for (const name of ['sharp', 'detect-libc', 'semver', '@img/colour']) copyPackage(name, withoutTypes);
  const binaries = readdirSync('node_modules/@img').filter(name => name.startsWith('sharp-'));
  if (binaries.length === 0) throw new Error(`sharp has no native code for ${platform}.`);
  for (const name of binaries) copyPackage(`@img/${name}`, withoutTypes);
}

function copyPackage(name, filter) {
  cpSync(join('node_modules', name), join(packages, name), { recursive: true, filter });
}

function withoutTypes(from) {
  return !/\.d\.[cm]?ts$|\.map$|\.md$/.test(from) && !/[/\\]src$/.test(from);
}

/** A platform that VS Code's marketplace knows; another one gets a package without a platform. */
function vsceTarget() {
  return /^(linux|darwin|win32)-(x64|arm64)$/.test(platform) ? platform : undefined;
}
