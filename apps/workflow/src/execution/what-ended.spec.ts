import { AppError } from '@snowflow/contracts/errors/app-error';
import { StepPaused } from '@snowflow/engine/run/step-paused';
import { isAccessEnd, leftOpen, whatEnded } from './what-ended';

const ended = new AppError('SNOWFLAKE_SESSION_ENDED', 'It has ended.');
const revoked = new AppError('ROLE_REVOKED', 'ANALYST is not granted any more.');
const told = (error: unknown, waited = false): unknown => {
  try {
    return whatEnded(error, waited);
  } catch (thrown) {
    return thrown;
  }
};

describe('What ended before a statement was sent', () => {
  it('is told as that: nothing was run', () => {
    expect(told(ended)).toMatchObject({
      code: 'SNOWFLAKE_SESSION_ENDED',
      message: expect.stringContaining('could not be sent') as string,
    });
    expect(told(revoked)).toMatchObject({
      code: 'ROLE_REVOKED',
      message: expect.stringContaining('This step was not run') as string,
    });
    expect(told(new Error('Else'))).toEqual(new Error('Else'));
  });

  it.each([ended, revoked])('leaves a write open that was under way then (%#)', (cause) => {
    expect(isAccessEnd(cause)).toBe(true);
    expect(told(leftOpen(cause))).toMatchObject({
      code: 'OUTCOME_UNKNOWN',
      message: expect.stringContaining('is not known') as string,
    });
  });

  it('lets a run that has rested wait for its person, a write under way too', () => {
    expect(told(ended, true)).toBeInstanceOf(StepPaused);
    expect(told(leftOpen(ended), true)).toBeInstanceOf(StepPaused);
    expect(told(leftOpen(revoked), true)).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
  });
});
