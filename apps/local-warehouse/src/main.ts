import { env } from './env';
import { HealthServer } from './http/health-server';
import { startWarehouse } from './start-warehouse';

async function main(): Promise<void> {
  const health = new HealthServer();
  const healthPort = await health.listen(env.WAREHOUSE_HEALTH_PORT, env.HEALTH_HOST);
  const warehouse = await startWarehouse({
    port: env.WAREHOUSE_PORT,
    host: env.WAREHOUSE_HOST,
    dataDir: env.WAREHOUSE_DATA_DIR,
    memoryMb: env.WAREHOUSE_MEMORY_MB,
    extraAccounts: env.WAREHOUSE_EXTRA_ACCOUNTS,
    madeUpTables: env.WAREHOUSE_MADE_UP_TABLES,
    oauthUrl: env.WAREHOUSE_OAUTH_URL,
    oauthIssuers: env.WAREHOUSE_OAUTH_ISSUERS,
    serviceTokenFile: env.WAREHOUSE_SERVICE_TOKEN_FILE,
    pushTimeoutSeconds: env.WAREHOUSE_PUSH_TIMEOUT_SECONDS,
    lifetimes: {
      sessionSeconds: env.WAREHOUSE_SESSION_TOKEN_SECONDS,
      masterSeconds: env.WAREHOUSE_MASTER_TOKEN_SECONDS,
    },
  });
  health.ready = true;
  const line = { level: 'info', name: 'local-warehouse', msg: 'ready', origin: warehouse.origin, healthPort };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    health.ready = false;
    await warehouse.stop();
    await health.close();
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`local-warehouse: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
