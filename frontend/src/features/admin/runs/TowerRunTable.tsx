import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { useState } from 'react';
import type { TowerRun } from '../../../api/tower';
import { Button } from '../../../components/Button';
import { StateChip } from '../../../components/StateChip';
import { absoluteTime, timeAgo } from '../../format/moments';
import { bytesText, compactCount, durationText, elapsedBetween } from '../../format/numbers';
import { ConfirmDialog } from '../../settings/ConfirmDialog';
import { CsvButton } from '../CsvButton';
import { creditsText } from '../tower-numbers';
import { useCancelTenantRun } from './use-tower-runs';

const TRIGGERS: Record<TowerRun['trigger'], string> = {
  manual: 'By hand',
  published: 'Published call',
  schedule: 'Schedule',
};
const nameOf = ({ workflowId, workflowName }: TowerRun) => workflowName ?? workflowId ?? 'Unsaved workflow';

/** Everybody's runs: who, as what, on what, and what it took. One that goes on can be cancelled. */
export function TowerRunTable({ runs }: { runs: readonly TowerRun[] }) {
  const [cancelling, setCancelling] = useState<TowerRun>();
  const cancel = useCancelTenantRun();
  const close = () => {
    cancel.reset();
    setCancelling(undefined);
  };
  return (
    <section className="tower-card" aria-label="Runs of everybody">
      <div className="tower-scroll" role="region" aria-label="Table of runs" tabIndex={0}>
        <table className="tower-table">
          <caption className="visually-hidden">Runs of everybody, the newest first</caption>
          <thead>
            <tr>
              {['Workflow', 'Status', 'Person', 'Created', 'Duration', 'Role', 'Warehouse', 'Started'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              {['Statements', 'Bytes', 'Credits (est.)', 'AI tokens'].map((name) => (
                <th key={name} scope="col" className="number">
                  {name}
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">Cancel</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <Row key={run.id} run={run} onCancel={() => setCancelling(run)} />
            ))}
          </tbody>
        </table>
      </div>
      <header>
        <span className="tower-note">Results and statements are shown to who ran them only.</span>
        <CsvButton name="runs" header={CSV_HEADER} rows={runs.map(csvOf)} />
      </header>
      <ConfirmDialog
        open={cancelling !== undefined}
        title={cancelling ? `Cancel the run of ${nameOf(cancelling)}?` : ''}
        description={`It was started by ${cancelling?.person ?? ''}. Its statement in Snowflake is cancelled, too; what was written stays written. The audit log says who cancelled it.`}
        keep="Let it run"
        confirm="Cancel run"
        busy={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancelling && cancel.mutate(cancelling, { onSuccess: close })}
        onClose={close}
      />
    </section>
  );
}

function Row({ run, onCancel }: { run: TowerRun; onCancel: () => void }) {
  const elapsed = elapsedBetween(run.startedAt, run.finishedAt);
  return (
    <tr>
      <th scope="row">{nameOf(run)}</th>
      <td title={run.errorCode ?? undefined}>
        <StateChip status={run.status} />
      </td>
      <td>{run.person}</td>
      <td title={absoluteTime(run.createdAt)}>{timeAgo(run.createdAt)}</td>
      <td>{elapsed === undefined ? '' : durationText(elapsed)}</td>
      <td className="mono">{run.role ?? 'none'}</td>
      <td className="mono">{run.warehouse ?? 'none'}</td>
      <td>{TRIGGERS[run.trigger]}</td>
      <td className="number">{compactCount(run.statements)}</td>
      <td className="number">{bytesText(run.bytesScanned)}</td>
      <td className="number">{creditsText(run.estimatedCredits)}</td>
      <td className="number">{compactCount(run.aiTokens)}</td>
      <td>
        {!isTerminal(run.status) && (
          <Button size="sm" aria-label={`Cancel run of ${nameOf(run)} by ${run.person}`} onClick={onCancel}>
            Cancel
          </Button>
        )}
      </td>
    </tr>
  );
}

const CSV_HEADER = [
  'Run',
  'Workflow',
  'Status',
  'Person',
  'Created',
  'Finished',
  'Role',
  'Warehouse',
  'Started',
  'Error',
];

const csvOf = (run: TowerRun) => [
  run.id,
  nameOf(run),
  run.status,
  run.person,
  run.createdAt,
  run.finishedAt,
  run.role,
  run.warehouse,
  run.trigger,
  run.errorCode,
];
