import { AppError } from '@snowflow/contracts/errors/app-error';
import { StepPaused } from '@snowflow/engine/run/step-paused';
import { isAccessEnd, leftOpen, whatEnded } from './what-ended';

const ended = new AppError('SNOWFLAKE_SESSION_ENDED', 'It has ended.');
const revoked = new AppError('ROLE_REVOKED', 'ANALYST is not granted any more.');
const told = (error: unknown, mayRest = false): Promise<unknown> =>
  whatEnded(error, () => Promise.resolve(mayRest)).catch((thrown: unknown) => thrown);

describe('What ended before a statement was sent', () => {
  it('is told as that: nothing was run', async () => {
    expect(await told(ended)).toMatchObject({
      code: 'SNOWFLAKE_SESSION_ENDED',
      message: expect.stringContaining('could not be sent') as string,
    });
    expect(await told(revoked)).toMatchObject({
      code: 'ROLE_REVOKED',
      message: expect.stringContaining('This step was not run') as string,
    });
    expect(await told(new Error('Else'))).toEqual(new Error('Else'));
  });

  it.each([ended, revoked])('leaves a write open that was under way then (%#)', async (cause) => {
    expect(isAccessEnd(cause)).toBe(true);
    expect(await told(leftOpen(cause))).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      message: expect.stringContaining('is not known') as string,
    });
  });

  it('lets a run that may rest wait for a session, a write under way too', async () => {
    expect(await told(ended, true)).toBeInstanceOf(StepPaused);
    expect(await told(leftOpen(ended), true)).toBeInstanceOf(StepPaused);
    expect(await told(leftOpen(revoked), true)).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });
});
