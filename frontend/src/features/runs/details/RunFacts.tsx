import { isTerminal } from '@snowflow/contracts/runs/run-state';
import type { ReactNode } from 'react';
import { nodeEnded } from '../../../store/run-progress';
import { absoluteTime, timeAgo } from '../../format/moments';
import { durationText, elapsedBetween } from '../../format/numbers';
import { RunClock } from '../RunClock';
import type { LiveRun } from './use-live-run';
import './RunFacts.css';

/** The run in numbers; only what is known. */
export function RunFacts({ run }: { run: LiveRun }) {
  const { startedAt, finishedAt, createdAt, status, revision, plan } = run;
  const elapsed = elapsedBetween(startedAt, finishedAt);
  const nodes = Object.values(run.nodes);
  const running = startedAt && !isTerminal(status) ? <RunClock since={startedAt} /> : undefined;
  const id = <span className="mono">{run.id}</span>;
  const facts: [string, ReactNode, title?: string][] = [
    startedAt
      ? ['Started', timeAgo(startedAt), absoluteTime(startedAt)]
      : ['Queued', timeAgo(createdAt), absoluteTime(createdAt)],
    [running ? 'Elapsed' : 'Duration', running ?? (elapsed === undefined ? undefined : durationText(elapsed))],
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
