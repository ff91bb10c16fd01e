/** @jest-environment node */
import { UnreachableError } from './api-error';
import { renewPatiently } from './renew-patiently';

const busy = (status: number, retryAfter?: number) =>
  new Response(null, { status, headers: retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) } });

function server(...answers: (Response | Error)[]) {
  const waits: number[] = [];
  const result = renewPatiently(
    () => {
      const answer = answers.shift() ?? busy(503);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    (seconds) => {
      waits.push(seconds);
      return Promise.resolve();
    },
  );
  return { result, waits };
}

describe('renewPatiently', () => {
  it('tries again when a busy server asks to, as late as it asks', async () => {
    const { result, waits } = server(busy(503, 3), busy(502), new TypeError('fetch failed'), new Response('{}'));
    expect(await result).toBe(true);
    expect(waits).toEqual([3, 2, 4]);
  });

  it('knows a session that is over at once', async () => {
    const { result, waits } = server(busy(401));
    expect(await result).toBe(false);
    expect(waits).toEqual([]);
  });

  it('does not call a session over that nobody could ask about', async () => {
    const { result, waits } = server();
    await expect(result).rejects.toThrow(UnreachableError);
    expect(waits).toEqual([1, 2, 4, 8]);
  });

  it('waits no longer than a person would', async () => {
    const { result, waits } = server(busy(429, 3_600), new Response('{}'));
    expect(await result).toBe(true);
    expect(waits).toEqual([20]);
  });
});
