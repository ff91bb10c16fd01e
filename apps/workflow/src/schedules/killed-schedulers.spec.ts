import { setTimeout as delay } from 'node:timers/promises';
import { minuteWalk } from './testing/minute-walk';
import { MortalScheduler } from './testing/mortal-scheduler';
import { type ScheduleScene, startScheduleScene } from './testing/schedule-scene';
import { SetClock } from './testing/set-clock';

// Ten thousand instants on a real Postgres: some seconds each on a machine of their own, minutes on one that does much else.
jest.setTimeout(300_000);

const HOUR_MS = 3_600_000;
const MORE_THAN_A_LEASE_MS = 150_000;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'];
const CRONS = ['0 * * * *', '30 * * * *', '15 1-3 * * *'];
const SCHEDULERS = 3;

describe('Schedulers that are killed at random', () => {
  let scene: ScheduleScene;
  beforeEach(async () => {
    scene = await startScheduleScene();
  }, 60_000);
  afterEach(() => scene?.stop());

  it.each([
    ['spring', '2026-03-05T00:00Z', '2026-04-08T00:00Z'],
    ['autumn', '2026-10-01T00:00Z', '2026-11-04T00:00Z'],
  ])('start every instant of a %s in three zones exactly once', async (_, from, to) => {
    const start = Date.parse(from);
    const end = Date.parse(to);
    const expected = new Map<string, number[]>();
    const clock = new SetClock(start);
    for (const timezone of ZONES) {
      for (const cron of CRONS) {
        expected.set(await scene.add({ cron, timezone }, start), minuteWalk(cron, timezone, start + 60_000, end));
      }
    }
    const intervals = Array.from({ length: 62 }, (_unused, index) => start + (index + 1) * 13 * HOUR_MS);
    const everyId = await scene.add({ every: '13h', timezone: 'Europe/Berlin' }, start);
    expected.set(
      everyId,
      intervals.filter((at) => at <= end),
    );

    const lives = await livesWhile(scene, clock, () => passTo(end, clock, scene));

    const found = new Map([...expected.keys()].map((id): [string, number[]] => [id, []]));
    const runs = await scene.started();
    const mine = (await scene.instants()).filter(({ schedule_id }) => found.has(schedule_id));
    for (const { schedule_id, at, state, run_id } of mine) {
      found.get(schedule_id)?.push(at);
      expect([state, run_id]).toEqual(['started', runs.get(`${schedule_id}@${new Date(at).toISOString()}`)]);
    }
    expect(found).toEqual(expected);
    expect(mine.length).toBeGreaterThan(5_000);
    expect([...runs.keys()].filter((key) => found.has(key.split('@')[0] ?? ''))).toHaveLength(mine.length);
    expect(lives).toBeGreaterThan(20);
  });
});

/**
 * Lets time pass a day at a time, each when the day before is done; the runs of that have ended. While something is left of it, minutes pass: what dead schedulers had
 * taken is anybody's after its lease, also while somebody living is still at what is theirs.
 */
async function passTo(end: number, clock: SetClock, scene: ScheduleScene): Promise<void> {
  while (clock.at < end) {
    clock.at = Math.min(end, clock.at + 24 * HOUR_MS);
    await scene.owner.query(`DELETE FROM workflow.schedule_work WHERE kind = 'follow'`);
    for (let looks = 1; clock.at < end && (await isDue(scene, clock)); looks += 1) {
      await delay(20);
      if (looks % 5 === 0) clock.at = Math.min(end, clock.at + MORE_THAN_A_LEASE_MS);
    }
  }
  while (await isDue(scene, clock)) {
    await delay(50);
    await scene.owner.query('UPDATE workflow.schedule_work SET at = $1 WHERE at > $1', [clock.now()]);
  }
}

async function isDue(scene: ScheduleScene, clock: SetClock): Promise<boolean> {
  const { rows } = await scene.owner.query(
    `SELECT FROM workflow.schedule_clock WHERE due_at <= $1 UNION ALL SELECT FROM workflow.schedule_work WHERE kind = 'start' LIMIT 1`,
    [clock.now()],
  );
  return rows.length > 0;
}

/** Keeps three schedulers alive, each until it is killed, as long as the work goes on; answers how many lived. */
async function livesWhile(scene: ScheduleScene, clock: SetClock, work: () => Promise<void>): Promise<number> {
  let [isOver, lives] = [false, 0];
  let end = () => undefined as void;
  const over = new Promise<void>((resolve) => (end = resolve));
  const succession = async () => {
    while (!isOver) {
      const scheduler = new MortalScheduler(`mortal-${(lives += 1)}`, scene.url, clock);
      // Its life is counted in steps, so that it is as long on a busy machine.
      await Promise.race([scheduler.live(1 + Math.floor(Math.random() * 250)), over]);
      await delay(Math.random() * 5);
      await scheduler.kill(scene.owner);
    }
  };
  const successions = Array.from({ length: SCHEDULERS }, succession);
  try {
    await work();
  } finally {
    isOver = true;
    end();
    await Promise.all(successions);
  }
  return lives;
}
