import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from '@snowflow/testing/eventually';
import { isAlive } from '../embedded/stale-server';
import { planProcess } from './plan';
import { SupervisedProcess } from './supervised-process';

/** Stands where a build has the child side of the launcher: a server that is ready, or one that cannot start. */
const PROGRAM = `
  if (process.env.BROKEN) throw new Error('the reason');
  process.on('SIGTERM', () => { if (!process.env.STUBBORN) process.exit(0); });
  require('node:http').createServer((_, response) => response.end()).listen(Number(process.env.SPEC_HEALTH_PORT));
`;

describe('A supervised process', () => {
  let dist: string;
  let heard: string[];

  beforeAll(async () => {
    dist = await mkdtemp(join(tmpdir(), 'snowflow-supervised-'));
    const program = join(dist, 'libs/platform/src/launch/run-apps.js');
    await mkdir(dirname(program), { recursive: true });
    await writeFile(program, PROGRAM);
  });
  afterAll(() => rm(dist, { recursive: true, force: true }));
  beforeEach(() => (heard = []));

  const make = async (env: Record<string, string>, restart: boolean) => {
    const planned = await planProcess('spec-0', [
      { name: 'spec', entry: 'main.js', healthPort: 'SPEC_HEALTH_PORT', needs: [] },
    ]);
    const onChange = (sentence: string) => heard.push(sentence);
    return new SupervisedProcess(planned, { dist, nodeFlags: [], env, logDirectory: dist, restart, onChange });
  };

  it('is started again when it is killed, and says so', async () => {
    const child = await make({}, true);
    child.start();
    await child.ready(5_000);
    const first = child.pid;
    await child.kill('SIGKILL');
    await eventually(() => child.pid !== undefined && child.pid !== first);
    await child.ready(5_000);
    expect(heard).toEqual(['spec-0 ended (SIGKILL)', 'spec-0 was started again']);
    await child.stop(5_000);
  });

  it('stays down when it was stopped', async () => {
    const child = await make({}, true);
    child.start();
    await child.ready(5_000);
    const pid = child.pid as number;
    await child.stop(5_000);
    expect([isAlive(pid), child.pid, heard]).toEqual([false, undefined, []]);
  });

  it('is ended by force when it does not listen', async () => {
    const child = await make({ STUBBORN: 'yes' }, true);
    child.start();
    await child.ready(5_000);
    const pid = child.pid as number;
    await child.stop(100);
    expect(isAlive(pid)).toBe(false);
  });

  it('that cannot start says why', async () => {
    const child = await make({ BROKEN: 'yes' }, false);
    child.start();
    await expect(child.ready(5_000)).rejects.toThrow(/spec-0 could not start[\s\S]*the reason/);
  });
});
