// `npm start [-- --replicas N]`: checks, builds what changed, and starts everything. `npm run dev` is the same with --watch.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function stopWith(sentence) {
  console.error(sentence);
  process.exit(1);
}

const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const needed = engines.node.replace('>=', '').split('.').map(Number);
const running = process.versions.node.split('.').map(Number);
if (running[0] < needed[0] || (running[0] === needed[0] && running[1] < needed[1])) {
  stopWith(`SnowFlow needs Node ${needed.join('.')} or later; this is ${process.versions.node}.`);
}
if (!existsSync(join(root, 'node_modules/fastify'))) stopWith('The dependencies are missing: run `npm ci` first.');

const { build } = await import('./build.mjs');
await build({ say: (line) => console.log(`  ${line}`) }).catch((error) => stopWith(error.message));

createRequire(import.meta.url)(join(root, 'dist/scripts/launch.js')).launch(root, process.argv.slice(2));
