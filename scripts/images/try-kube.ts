/**
 * `npm run images:kube`: has `podman kube play` run the overlay dev as kubectl renders it, with the programs' pods, both stores and the
 * local warehouse, runs the main job in a browser, and takes everything away again. After `npm run images`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { secretFiles } from '@snowflow/platform/launch/secret-files';
import { makeSecrets } from '@snowflow/platform/launch/secrets';
import { stringify } from 'yaml';
import { type Manifest, parseManifest } from '../deployment/manifest';
import { parseYaml } from '../deployment/strict-yaml';
import { workloadsOf } from '../deployment/workload';
import { ContainerEngine } from './container-engine';
import { RESTRICTED, rightProblems } from './container-rights';
import { findImageEngine } from './image-engine';
import { imageOf } from './image-names';
import { mainJobSucceeds } from './main-job';
import { emptyFolders, podManifests } from './pod-manifests';
import { output } from './run-program';
import { NODE_IMAGE, standInForStores } from './stand-ins';
import { page, waitUntilReady } from './wait-until-ready';

const OVERLAY = 'k8s/overlays/dev';
const NETWORK = 'snowflow-kube';

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { 'stand-ins': { type: 'boolean' }, port: { type: 'string', default: '3481' } },
  });
  if (values['stand-ins']) standInForStores(findImageEngine(), NODE_IMAGE);
  const engine = ContainerEngine.podman();
  const gatewayUrl = `http://localhost:${values.port}`;
  const objects = parseYaml(output('kubectl', ['kustomize', OVERLAY]), OVERLAY).map((object) =>
    forThisMachine(parseManifest(object), gatewayUrl),
  );
  const secrets = madeSecrets();
  const manifests = podManifests(objects, secrets, { workload: 'gateway', hostPort: Number(values.port) });
  const folder = mkdtempSync(join(tmpdir(), 'snowflow-kube-'));
  const file = join(folder, 'pods.yaml');
  writeFileSync(file, manifests.map((object) => stringify(object)).join('---\n'), { mode: 0o600 });
  try {
    for (const [name, content] of Object.entries(secrets)) keepSecret(engine, folder, name, content);
    engine.ask('network', 'create', NETWORK);
    engine.ask('kube', 'play', '--network', NETWORK, file);
    return await doesTheMainJob(engine, objects, gatewayUrl);
  } finally {
    takeAway(engine, file, manifests, Object.keys(secrets));
    rmSync(folder, { recursive: true });
  }
}

async function doesTheMainJob(
  engine: ContainerEngine,
  objects: readonly Manifest[],
  gatewayUrl: string,
): Promise<boolean> {
  await waitUntilReady(gatewayUrl, () => page(gatewayUrl));
  const workloads = workloadsOf(objects);
  const containers = workloads.filter(({ isProgram }) => isProgram).map(({ name }) => `${name}-program`);
  for (const container of containers) await waitUntilReady(container, () => engine.healthCheck(container));
  console.log(`${workloads.length} pods run, ${containers.length} of them ours and ready.`);
  const problems = containers.flatMap((container) => rightProblems(engine, container));
  console.log(problems.join('\n') || RESTRICTED);
  const warehouseUrl = `http://${addressInside(engine)}:8090`;
  return mainJobSucceeds(gatewayUrl, warehouseUrl) && problems.length === 0;
}

/** A pod's address belongs to the container that holds its network. */
const addressInside = (engine: ContainerEngine): string =>
  engine.evaluate(
    'local-warehouse-program',
    'Object.values(os.networkInterfaces()).flat().find((own) => !own.internal).address',
  );

/** The images that were built here, and the address that the browser opens. */
function forThisMachine(object: Manifest, gatewayUrl: string): Manifest {
  const text = JSON.stringify(object).replaceAll(
    /"snowflow\/([a-z-]+):[\d.]+"/g,
    (_, name) => `"localhost/${imageOf(name)}"`,
  );
  return parseManifest(
    JSON.parse(text.replace('"PUBLIC_URL":"http://localhost:3000"', `"PUBLIC_URL":"${gatewayUrl}"`)),
  );
}

/** As DEPLOYMENT.md has them made for a cluster. */
function madeSecrets(): Record<string, Record<string, string>> {
  const rooms = Object.entries(secretFiles(makeSecrets(), { redis: 'redis', postgres: 'postgres' }));
  return Object.fromEntries(rooms.map(([room, files]) => [`snowflow-${room}`, files]));
}

/** What podman 4.3 reads variables from: a secret of its own kind that holds the data of Kubernetes' one. */
function keepSecret(engine: ContainerEngine, folder: string, name: string, content: Record<string, string>): void {
  const entries = Object.entries(content).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(Object.fromEntries(entries)), { mode: 0o600 });
  engine.ask('secret', 'create', name, file);
}

/** Whatever is there of it; a step that failed has left less. */
function takeAway(
  engine: ContainerEngine,
  file: string,
  manifests: readonly Manifest[],
  secrets: readonly string[],
): void {
  const names = (kind: string) =>
    manifests.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
  engine.tryTo('kube', 'down', file);
  for (const name of [...names('PersistentVolumeClaim'), ...names('ConfigMap'), ...emptyFolders(manifests)])
    engine.tryTo('volume', 'rm', name);
  engine.tryTo('secret', 'rm', ...secrets);
  engine.tryTo('network', 'rm', '--force', NETWORK);
}

main().then(
  (succeeded) => (process.exitCode = succeeded ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
