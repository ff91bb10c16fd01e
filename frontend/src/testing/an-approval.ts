import type { Approval } from '../api/approvals';

/** An approval that asks for nothing but the decision. */
export const anApproval = (more: Partial<Approval> = {}): Approval => ({
  runId: 'run_1',
  nodeId: 'decide',
  workflowName: 'Ledger',
  runner: 'ADA',
  message: 'Write 12 rows to the ledger?',
  show: [{ label: 'Rows', value: '12' }],
  form: [],
  waitingSince: '2026-05-01T10:00:00.000Z',
  until: null,
  ...more,
});
