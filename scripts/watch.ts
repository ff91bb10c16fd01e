import { watch as watchFiles } from 'chokidar';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LaunchedStack } from '@snowflow/platform/launch/launch-stack';

const QUIET_MS = 150;
const STOP_GRACE_MS = 3_000;

interface BuildModule {
  build(options: { say(line: string): void; only: string[] }): Promise<void>;
}

/** Development: services are built and started again when a source changes; the page comes from Vite, which updates it in place. */
export async function watch(root: string, stack: LaunchedStack): Promise<void> {
  const { build } = (await import(pathToFileURL(join(root, 'scripts/build.mjs')).href)) as BuildModule;
  let work = Promise.resolve();
  let quiet: NodeJS.Timeout | undefined;

  const again = async () => {
    try {
      await build({ say, only: ['services'] });
      await Promise.all(stack.processes.map((process) => process.replace(STOP_GRACE_MS)));
      say('Started again');
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  };
  watchFiles(['apps', 'libs'], { cwd: root, ignoreInitial: true, ignored: /\.spec\.ts$/ }).on('all', () => {
    clearTimeout(quiet);
    quiet = setTimeout(() => (work = work.then(again)), QUIET_MS);
  });
  await serveFrontend(root, stack);
}

async function serveFrontend(root: string, stack: LaunchedStack): Promise<void> {
  const { createServer } = await import('vite');
  const gateway = stack.gatewayUrls[0] as string;
  const server = await createServer({
    configFile: join(root, 'frontend/vite.config.ts'),
    root: join(root, 'frontend'),
    server: { proxy: { '/api': gateway } },
  });
  await server.listen();
  say(`The page with live updates: ${server.resolvedUrls?.local[0]}`);
}

function say(sentence: string): void {
  console.log(`  ${sentence}`);
}
