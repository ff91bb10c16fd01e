import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { actionContext, Paused } from '../testing/action-context';
import { logicWaitStep } from './logic-wait.step';

conformance('logic.wait', { folder: __dirname, input: columnsOf('O_ORDERKEY NUMBER(38,0)') });

describe('logic.wait', () => {
  const begunAt = new Date('2027-01-01T00:00:00Z');
  const at = (now: string, values = {}) => actionContext({ now: new Date(now), begunAt, values });

  it('rests until so many seconds after it began, however often it is asked', () => {
    const wait = { for: 'time', until: new Date('2027-01-01T00:01:00Z') };
    expect(() => logicWaitStep.run({ durationSeconds: 60 }, at('2027-01-01T00:00:59Z'))).toThrow(new Paused(wait));
    expect(logicWaitStep.run({ durationSeconds: 60 }, at('2027-01-01T00:01:00Z'))).toEqual({});
  });

  it('goes on at once where the moment is past, and says what is no moment', () => {
    const until = '{{ parameters.start }}';
    expect(logicWaitStep.run({ until }, at('2027-01-02T00:00:00Z', { start: '2027-01-01' }))).toEqual({});
    expect(() => logicWaitStep.run({ until }, at('2027-01-02T00:00:00Z', { start: 'soon' }))).toThrow('no moment');
  });
});
