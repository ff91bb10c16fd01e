import type { RedisBinaryOptions } from '@snowflow/platform/embedded/redis-binary';

/** How tests find the programs they need. */
export function testEnv(): RedisBinaryOptions {
  return {
    path: process.env['PATH'] ?? '',
    mayInstall: process.env['SNOWFLOW_AUTO_INSTALL'] !== 'off',
    say: (sentence) => process.stderr.write(`${sentence}\n`),
  };
}
