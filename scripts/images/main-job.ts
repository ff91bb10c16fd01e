import { show } from './run-program';

/** The specs that can run against an installation that is there, of which the first signs in, builds, runs and reads in a browser. */
const SPECS = ['test/browser.e2e-spec', 'test/main-job.e2e-spec'];

/** Whether the main job succeeds against an installation with the demo accounts. */
export function mainJobSucceeds(gatewayUrl: string, warehouseUrl: string): boolean {
  const args = ['node_modules/jest/bin/jest.js', ...SPECS, '--selectProjects', 'e2e', '--runInBand'];
  return show(process.execPath, args, { SPEC_ADDRESS: gatewayUrl, SPEC_WAREHOUSE: warehouseUrl });
}
