import { isTerminal } from '@snowflow/contracts/runs/run-state';
import type { ReactNode } from 'react';
import type { RunSummary } from '../../../api/types';
import { nodeEnded } from '../../../store/run-progress';
import { absoluteTime, timeAgo } from '../../format/moments';
import { durationText, elapsedBetween } from '../../format/numbers';
import { RunClock } from '../RunClock';
import type { LiveRun } from './use-live-run';
import './RunFacts.css';

const STARTED: Readonly<Record<RunSummary['trigger'], string>> = {
  manual: '',
  published: ', by a published call',
  schedule: ', on schedule',
};
const WAITED_FOR: Readonly<Record<NonNullable<RunSummary['waitingFor']>, string>> = {
  tenant: 'a place in the account',
  workflow: 'earlier runs of the workflow',
  warehouse: 'a place in the warehouse',
};

/** The run in numbers; only what is known. */
export function RunFacts({ run }: { run: LiveRun }) {
  const { startedAt, finishedAt, createdAt, status, revision, plan, context, waitingFor } = run;
  const elapsed = elapsedBetween(startedAt, finishedAt);
  const nodes = Object.values(run.nodes);
  const running = startedAt && !isTerminal(status) ? <RunClock since={startedAt} /> : undefined;
  const isQueued = status === 'queued';
  const role = context.role === null ? undefined : <span className="mono">{context.role}</span>;
  const warehouse = context.warehouse === null ? undefined : <span className="mono">{context.warehouse}</span>;
  const id = <span className="mono">{run.id}</span>;
  const facts: [string, ReactNode, title?: string][] = [
    startedAt
      ? ['Started', timeAgo(startedAt), absoluteTime(startedAt)]
      : ['Queued', timeAgo(createdAt), absoluteTime(createdAt)],
    [running ? 'Elapsed' : 'Duration', running ?? (elapsed === undefined ? undefined : durationText(elapsed))],
    ['Waits for', waitingFor && isQueued ? WAITED_FOR[waitingFor] : undefined],
    ['Started by', `${run.startedBy}${STARTED[run.trigger]}`],
    ['Runs as', role],
    ['Warehouse', warehouse],
    ['Version', revision ?? undefined],
    ['Nodes', `${nodes.filter((node) => nodeEnded(node.status)).length} of ${nodes.length} ended`],
    ['Statements', plan.length || undefined],
    ['Run ID', id],
  ];
  return (
    <dl className="page-card run-facts">
      {facts
        .filter(([, value]) => value !== undefined)
        .map(([name, value, title]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={title}>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
