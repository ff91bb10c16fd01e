import { join } from 'node:path';
import type { RedisBinaryOptions } from '@snowflow/platform/embedded/redis-binary';

/** How tests find the programs they need. */
export function testEnv(): RedisBinaryOptions {
  return {
    path: process.env['PATH'] ?? '',
    mayInstall: process.env['SNOWFLOW_AUTO_INSTALL'] !== 'off',
    say: (sentence) => process.stderr.write(`${sentence}\n`),
  };
}

/** What child processes get of this one's environment: no test may hang on what the developer's shell has set. */
export function childEnv(): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
}

/** Whether long tests take all of their cases, as `npm run drills` does: minutes of work. */
export const holdsAllCases = (): boolean => process.env['SPEC_CASES'] === 'all';

/** The address of an installation that runs already and that of its local warehouse, for tests that can do without one of their own. */
export function givenAddresses(): { gatewayUrl: string; warehouseUrl: string } | undefined {
  const gatewayUrl = process.env['SPEC_ADDRESS'];
  return gatewayUrl ? { gatewayUrl, warehouseUrl: process.env['SPEC_WAREHOUSE'] ?? '' } : undefined;
}

/** The built programs; tests and benchmarks run in the checkout. */
export function buildRoot(): string {
  return join(process.cwd(), 'dist');
}
