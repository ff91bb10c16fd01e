/**
 * `npm run images:try`: brings all of docker-compose.yml up from the images with the demo accounts, looks what each of our containers
 * may do, runs the main job in a browser, and takes everything away again. After `npm run images`.
 */
import { parseArgs } from 'node:util';
import { ContainerEngine } from './container-engine';
import { RESTRICTED, rightProblems } from './container-rights';
import { findImageEngine } from './image-engine';
import { IMAGES } from './image-names';
import { mainJobSucceeds } from './main-job';
import { NODE_IMAGE, standInForStores } from './stand-ins';
import { page, waitUntilReady } from './wait-until-ready';

const PROJECT = 'snowflow-try';
const services = IMAGES.filter((name) => name !== 'secrets');

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { 'stand-ins': { type: 'boolean' }, port: { type: 'string', default: '3480' } },
  });
  if (values['stand-ins']) standInForStores(findImageEngine(), NODE_IMAGE);
  const gatewayUrl = `http://localhost:${values.port}`;
  const engine = ContainerEngine.find();
  // The profile as a variable, for podman-compose knows no option for it and starts every service.
  const variables = { COMPOSE_PROFILES: 'demo', DEMO: 'on', SNOWFLOW_PORT: values.port, PUBLIC_URL: gatewayUrl };
  const compose = (...args: string[]) =>
    engine.compose(['-p', PROJECT, '-f', 'docker-compose.yml', ...args], variables);
  try {
    const startedAt = Date.now();
    if (!compose('up', '-d')) throw new Error('Compose could not start everything.');
    await waitUntilReady(gatewayUrl, () => page(gatewayUrl));
    const containers = services.map((service) => containerOf(engine, service));
    for (const container of containers) await waitUntilReady(container, () => engine.healthCheck(container));
    console.log(
      `${containers.length} containers of ours are ready after ${Math.round((Date.now() - startedAt) / 1000)} s.`,
    );
    const problems = containers.flatMap((container) => rightProblems(engine, container));
    console.log(problems.join('\n') || RESTRICTED);
    const warehouseUrl = `http://${engine.addressOf(containerOf(engine, 'local-warehouse'))}:8090`;
    return mainJobSucceeds(gatewayUrl, warehouseUrl) && problems.length === 0;
  } finally {
    compose('down', '--volumes');
    // podman-compose leaves them.
    for (const network of ['services', 'outside']) engine.tryTo('network', 'rm', `${PROJECT}_${network}`);
  }
}

function containerOf(engine: ContainerEngine, service: string): string {
  const [name] = engine.named(`com.docker.compose.project=${PROJECT}`, `com.docker.compose.service=${service}`);
  if (!name) throw new Error(`The service ${service} does not run.`);
  return name;
}

main().then(
  (succeeded) => (process.exitCode = succeeded ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
