import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildRoot, childEnv } from '@snowflow/testing/env';
import type { ProcessLife } from './testing/mortal-process';
import { type ScheduleScene, startScheduleScene } from './testing/schedule-scene';

// Processes of their own, on machines that do other things too.
jest.setTimeout(120_000);

const START = Date.parse('2026-03-28T00:00Z');
const HOUR_MS = 3_600_000;
const HOURS = 50;
const SCHEDULES = 6;

describe('Processes of schedulers that are killed by the system', () => {
  let scene: ScheduleScene;
  beforeAll(async () => {
    scene = await startScheduleScene();
  }, 60_000);
  afterAll(() => scene?.stop());

  it('start each of 300 instants once between them', async () => {
    const ids: string[] = [];
    for (let index = 0; index < SCHEDULES; index += 1)
      ids.push(await scene.add({ every: '1h', timezone: 'UTC' }, START));
    let lives = 0;
    const succession = async () => {
      while (await isLeft(scene)) {
        lives += 1;
        await oneLife(scene, lives);
        // What the dead had taken is anybody's after its lease.
        await scene.owner.query('UPDATE workflow.schedule_work SET at = $1 WHERE at > $1', [new Date(START)]);
      }
    };
    await Promise.all([succession(), succession()]);
    const expected = Array.from({ length: HOURS }, (_, hour) => START + (hour + 1) * HOUR_MS);
    const instants = await scene.instants();
    for (const id of ids) {
      expect(instants.filter((one) => one.schedule_id === id).map(({ at }) => at)).toEqual(expected);
    }
    expect(new Set(instants.map(({ state }) => state))).toEqual(new Set(['started']));
    const runs = await scene.started();
    expect(new Set(instants.map(({ run_id }) => run_id))).toEqual(new Set(runs.values()));
    expect(runs.size).toBe(HOURS * SCHEDULES);
    expect(lives).toBeGreaterThan(2);
  });
});

async function isLeft(scene: ScheduleScene): Promise<boolean> {
  const { rows } = await scene.owner.query(
    `SELECT FROM workflow.schedule_clock WHERE due_at <= $1 UNION ALL SELECT FROM workflow.schedule_work WHERE kind = 'start' LIMIT 1`,
    [new Date(START + HOURS * HOUR_MS)],
  );
  return rows.length > 0;
}

/** A process from its start to its end, which it finds itself or, where nothing is left to do, is given. */
async function oneLife(scene: ScheduleScene, number: number): Promise<void> {
  const child = fork(join(buildRoot(), 'apps/workflow/src/schedules/testing/mortal-process.js'), {
    env: childEnv(),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  let isOver = false;
  const ended = once(child, 'exit').then(() => (isOver = true));
  const life: ProcessLife = {
    name: `process-${number}`,
    url: scene.url,
    at: START + HOURS * HOUR_MS,
    steps: 10 + Math.floor(Math.random() * 60),
  };
  child.send(life);
  while (!isOver && (await isLeft(scene))) await Promise.race([ended, delay(50)]);
  child.kill('SIGKILL');
  await ended;
}
