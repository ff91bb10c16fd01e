// Builds services and browser app into dist/, each only when its sources changed since. A build takes the old one's place when it
// is complete, so that what runs from dist/ meanwhile finds all its files. `node scripts/build.mjs [--force]`
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const hashFile = join(root, 'dist/.build-hash.json');

const targets = {
  services: {
    sources: [
      'apps',
      'libs',
      'scripts',
      'bench',
      'test/support',
      'test/chaos',
      'test/load',
      'test/security',
      '.swcrc',
      'package-lock.json',
    ],
    outputs: ['apps', 'libs', 'scripts', 'bench', 'test'],
    command: (folder) =>
      `@swc/cli/bin/swc.js apps libs scripts bench test/support test/chaos test/load test/security --out-dir ${folder} --copy-files --ignore **/*.spec.ts --quiet`,
  },
  frontend: {
    sources: ['frontend', 'libs/contracts', 'libs/nodes', 'libs/engine', 'package-lock.json'],
    outputs: ['frontend'],
    command: (folder) => `vite/bin/vite.js build frontend --logLevel warn --outDir ../${folder}/frontend --emptyOutDir`,
    missing: () => !existsSync(join(root, 'frontend/index.html')),
  },
};

/** Builds what is stale; `say` hears what. */
export async function build({ say = () => {}, force = false, only = Object.keys(targets) } = {}) {
  const built = readHashes();
  await Promise.all(
    only.map(async (name) => {
      const target = targets[name];
      if (target.missing?.()) return;
      const hash = hashOf(target.sources);
      if (!force && built[name] === hash && target.outputs.every((output) => existsSync(join(root, 'dist', output))))
        return;
      say(`Building the ${name}`);
      const folder = `dist/.${name}-${process.pid}`;
      try {
        await run(target.command(folder));
        for (const output of target.outputs) replace(join(root, folder), output);
      } finally {
        rmSync(join(root, folder), { recursive: true, force: true });
      }
      writeFileSync(hashFile, JSON.stringify({ ...readHashes(), [name]: hash }));
    }),
  );
}

function replace(folder, output) {
  const place = join(root, 'dist', output);
  mkdirSync(join(folder, 'old'), { recursive: true });
  if (existsSync(place)) renameSync(place, join(folder, 'old', output));
  renameSync(join(folder, output), place);
}

function readHashes() {
  try {
    return JSON.parse(readFileSync(hashFile, 'utf8'));
  } catch {
    return {};
  }
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesOf).sort()) {
    if (/\.spec\.tsx?$/.test(path)) continue;
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesOf(path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  try {
    return readdirSync(absolute, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error.code === 'ENOTDIR') return [absolute];
    throw error;
  }
}

/** Runs a program of node_modules; what it printed is the error. */
function run(command) {
  const [program, ...args] = command.split(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join('node_modules', program), ...args], { cwd: root, stdio: 'pipe' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} failed\n${output.trim()}`));
    });
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build({ say: (line) => console.log(line), force: process.argv.includes('--force') }).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
