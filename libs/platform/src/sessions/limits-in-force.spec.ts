import { AppError } from '@snowflow/contracts/errors/app-error';
import { DEFAULT_TENANT_LIMITS, type TenantLimits } from '@snowflow/contracts/sessions/tenant-limits';
import { KnownLimits } from './known-limits';
import { LimitsInForce } from './limits-in-force';

describe('Limits in force', () => {
  const copied = { ...DEFAULT_TENANT_LIMITS, queueLength: 1 };
  const kept = { ...DEFAULT_TENANT_LIMITS, queueLength: 2 };
  const away = new AppError('INTERNAL', 'Auth does not know the question.');
  const unknown = { code: 'UNAVAILABLE' };
  let copy: TenantLimits | undefined;
  let asked: string[];
  let answer: () => Promise<TenantLimits>;

  beforeEach(() => {
    copy = undefined;
    asked = [];
    answer = async () => kept;
  });

  const limits = () =>
    new LimitsInForce({ find: async () => copy }, (tenantId) => {
      asked.push(tenantId);
      return answer();
    });

  it('are asked of auth where there is no copy, and of nobody where there is one', async () => {
    await expect(limits().of('ten_1')).resolves.toEqual(kept);
    copy = copied;
    await expect(limits().of('ten_1')).resolves.toEqual(copied);
    expect(asked).toEqual(['ten_1']);
  });

  it('are not taken for the defaults where nobody answers', async () => {
    answer = () => Promise.reject(away);
    await expect(limits().of('ten_1')).rejects.toMatchObject(unknown);
    await expect(new KnownLimits(limits()).of('ten_1')).rejects.toMatchObject(unknown);
  });

  it('that were known a moment ago serve where nobody answers any more', async () => {
    jest.useFakeTimers({ now: 0 });
    copy = copied;
    const known = new KnownLimits(limits());
    await known.of('ten_1');
    jest.setSystemTime(6_000);
    copy = undefined;
    answer = () => Promise.reject(away);
    await expect(known.of('ten_1')).resolves.toEqual(copied);
    expect(asked).toEqual(['ten_1']);
    jest.useRealTimers();
  });
});
