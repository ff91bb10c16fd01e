/** `npm run images`: builds every image from the Dockerfile, writes their bills of materials to dist/sbom, and prints their sizes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readEnv } from '../env';
import { table } from '../markdown-table';
import { findImageEngine, type ImageEngine } from './image-engine';
import { imageOf, IMAGES } from './image-names';
import { output } from './run-program';
import { NODE_IMAGE, standInForBase } from './stand-ins';

const SBOMS = join('dist', 'sbom');
const bill = z.object({ components: z.array(z.object({ purl: z.string() })) });

function main(): void {
  const { values } = parseArgs({ options: { 'stand-ins': { type: 'boolean' } } });
  const engine = findImageEngine();
  const { NODE_IMAGE: base = NODE_IMAGE, SNOWFLOW_VERSION: version = 'local' } = readEnv();
  if (values['stand-ins']) standInForBase(engine, base);
  const args = { NODE_IMAGE: base, VERSION: version, REVISION: output('git', ['rev-parse', 'HEAD']) };
  mkdirSync(SBOMS, { recursive: true });
  const rows = IMAGES.map((target) => {
    const tag = imageOf(target, version);
    engine.build(target, tag, args);
    return [tag, megabytes(engine.sizeBytes(tag)), ...partsOf(engine, target, tag)];
  });
  console.log(`\nBuilt by ${engine.name} on ${base}; bills of materials are in ${SBOMS}.\n`);
  console.log(table(['Image', 'Size', 'npm packages', 'System packages'], rows));
}

/** How many packages the image holds, of npm and of the system, by its own bill; the bill is kept beside. */
function partsOf(engine: ImageEngine, target: string, tag: string): string[] {
  const text = engine.read(tag, '/app/sbom.cdx.json');
  writeFileSync(join(SBOMS, `${target}.cdx.json`), `${text}\n`);
  const { components } = bill.parse(JSON.parse(text));
  return ['pkg:npm/', 'pkg:deb/'].map((kind) => String(components.filter(({ purl }) => purl.startsWith(kind)).length));
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

main();
