import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PublishedRunReply } from '@snowflow/contracts/workflow/publication.dto';
import { startRedis } from '@snowflow/testing/ephemeral-redis';
import { Redis } from 'ioredis';
import { RunNews } from '../runs/run-news';
import { publishedEvents } from './published-events';
import { Admission } from '../admission/admission';
import { PublishedWaiting } from './published-waiting';

const runId = 'run_0123456789abcdef012345';
const request = { slug: 'slow', runId, key: { id: 'sfk_a', name: 'A', scope: { publications: null }, limits: {} } };
const waiting: PublishedRunReply = { runId, status: 'waiting' };

describe('Who follows a called run', () => {
  let server: Awaited<ReturnType<typeof startRedis>>;
  let redis: Redis;
  let news: RunNews;
  let looks: number;
  let following: PublishedWaiting;

  beforeAll(async () => {
    server = await startRedis();
    redis = new Redis(server.url);
    news = new RunNews(redis);
  }, 30_000);
  beforeEach(() => {
    looks = 0;
    const publishedRun = () => Promise.resolve(((looks += 1), waiting));
    following = new PublishedWaiting({ publishedRun }, news, new Admission({ atOnce: 1, inLine: 0, patienceMs: 100 }));
  });
  afterAll(async () => {
    news?.onApplicationShutdown();
    redis?.disconnect();
    await server?.stop();
  });

  const client = () => new ServerResponse(new IncomingMessage(new Socket()));
  const still = () => Promise.resolve();
  const all = async <T>(source: AsyncIterable<T>) => {
    const found: T[] = [];
    for await (const one of source) found.push(one);
    return found;
  };

  it('is let go where they had left before anybody listened', async () => {
    const gone = client().destroy();
    expect(await all(following.states(request, gone, still))).toEqual([]);
    await following.ended(request, 60, gone);
    expect(looks).toBe(1);
  });

  it('is let go when they leave while the run waits', async () => {
    const leaving = client();
    for await (const run of following.states(request, leaving, still)) {
      expect(run).toEqual(waiting);
      leaving.destroy();
      leaving.emit('close');
    }
    expect([looks, leaving.listenerCount('close')]).toEqual([1, 0]);
  });

  it('hears no more once their key is none', async () => {
    const revoked = () => Promise.reject(new AppError('UNAUTHENTICATED', 'It was revoked.'));
    const frames = await all(publishedEvents(following.states(request, client(), revoked), '/status'));
    expect(frames).toEqual([expect.stringContaining('UNAUTHENTICATED')]);
    expect(looks).toBe(0);
  });
});
