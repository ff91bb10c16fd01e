import { columnsOf } from '../kit/columns-of';
import { conformance } from '../kit/conformance';
import { actionContext, Paused } from '../testing/action-context';
import { logicApproval } from './logic-approval.definition';
import { logicApprovalStep } from './logic-approval.step';

conformance('logic.approval', { folder: __dirname, input: columnsOf('O_ORDERKEY NUMBER(38,0)') });

describe('logic.approval', () => {
  const config = logicApproval.config.parse({
    approvers: ['role:FINANCE'],
    message: 'Write {{ value.rowCount }} rows for {{ parameters.segment }}?',
    show: [{ label: 'Rows', value: '{{ value.rowCount }}' }],
    form: [{ name: 'reason' }],
    timeoutMinutes: 60,
    escalateTo: ['user:BOSS'],
    escalateAfterMinutes: 30,
  });
  const begunAt = new Date('2027-01-01T00:00:00Z');
  const after = (minutes: number, more = {}) =>
    actionContext({
      now: new Date(begunAt.getTime() + minutes * 60_000),
      begunAt,
      input: { rowCount: 3 },
      values: { segment: 'BUILDING' },
      ...more,
    });
  const waitOf = async (minutes: number): Promise<unknown> => {
    try {
      return await logicApprovalStep.run(config, after(minutes));
    } catch (error) {
      return (error as Paused).wait;
    }
  };

  it('shows who decides what they need, and asks others too when nobody has decided for a while', async () => {
    expect(await waitOf(0)).toEqual({
      for: 'approval',
      until: new Date('2027-01-01T00:30:00Z'),
      detail: {
        approvers: ['role:FINANCE'],
        allowRunner: false,
        message: 'Write 3 rows for BUILDING?',
        show: [{ label: 'Rows', value: '3' }],
        form: [{ name: 'reason', type: 'string', label: 'reason', required: false }],
      },
    });
    expect(await waitOf(30)).toMatchObject({
      until: new Date('2027-01-01T01:00:00Z'),
      detail: { approvers: ['role:FINANCE', 'user:BOSS'] },
    });
  });

  it('goes the way that was decided, with what was said', async () => {
    const decision = { decision: 'approve' as const, by: 'ANN', comment: 'fine', form: { reason: 'audit' } };
    expect(await logicApprovalStep.run(config, after(90, { decision }))).toEqual({
      ports: ['approved'],
      value: { decision: 'approve', by: 'ANN', comment: 'fine', timedOut: false, reason: 'audit' },
    });
  });

  it('is decided by its settings when the time is over', async () => {
    expect(await waitOf(60)).toMatchObject({
      ports: ['rejected'],
      value: { decision: 'reject', by: null, timedOut: true },
    });
    const failing = async () => logicApprovalStep.run({ ...config, onTimeout: 'fail' }, after(60));
    await expect(failing()).rejects.toThrow('Nobody decided in time');
  });

  it('heeds a decision that came in the moment in which the time ran out', async () => {
    const lastDecision = { decision: 'approve' as const, by: 'ANN', form: {} };
    expect(await logicApprovalStep.run(config, after(60, { lastDecision }))).toMatchObject({
      ports: ['approved'],
      value: { by: 'ANN', timedOut: false },
    });
  });

  it('gives its form’s fields as values, none of which may hide its own', () => {
    expect(logicApproval.values?.(config).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['decision', 'reason']),
    );
    const clash = logicApproval.config.parse({ ...config, form: [{ name: 'by' }] });
    const context = { inputs: {}, kinds: {}, parameters: [{ name: 'segment', type: 'string' }], known: undefined };
    expect(logicApproval.check(clash, context)).toMatchObject([{ path: 'form.0.name' }]);
  });
});
