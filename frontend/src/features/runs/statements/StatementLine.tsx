import { ChevronDown, ChevronRight, Copy, TriangleAlert } from 'lucide-react';
import { Button } from '../../../components/Button';
import { EmptyState } from '../../../components/EmptyState';
import { showToast } from '../../../components/toast-store';
import { compactCount, durationText, elapsedBetween } from '../../format/numbers';
import { SqlText } from '../../sql/SqlText';
import { NodeName } from '../details/NodeName';
import type { NodeNames } from '../details/node-names';
import { profileHints } from '../profile/profile-hints';
import { StatementProfileView } from '../profile/StatementProfileView';
import { RunClock } from '../RunClock';
import { RunFailure } from '../RunFailure';
import { STATE_LOOKS } from '../../../components/StateChip';
import { RunState } from '../RunState';
import { QueryId } from './QueryId';
import { lineOf, type Statement } from './statements';

interface StatementLineProps {
  statement: Statement;
  names: NodeNames;
  open: boolean;
  onToggle: () => void;
}

/** One statement of a run; open, its nodes, its SQL and why it failed. */
export function StatementLine({ statement, names, open, onToggle }: StatementLineProps) {
  const { number, nodes, endsAt, status, run, queryId, step, profile } = statement;
  const hint = profile && profileHints(profile)[0];
  const elapsed = run && elapsedBetween(run.startedAt, run.finishedAt);
  const others = nodes.length - 1;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <>
      <tr data-open={open || undefined}>
        <th scope="row">
          <button
            type="button"
            className="statement-toggle"
            aria-expanded={open}
            onClick={onToggle}
            id={`step-${step}`}
          >
            <Chevron size={14} aria-hidden /> Statement {number}
            {hint && (
              <span className="statement-hint" title={hint.what}>
                <TriangleAlert size={14} aria-hidden />
                <span className="visually-hidden">, with a hint</span>
              </span>
            )}
          </button>
        </th>
        <td className="statement-nodes">
          <span className="statement-ends">
            <NodeName id={endsAt} names={names} />
            {others > 0 && <span className="quiet-text">and {others} more</span>}
          </span>
        </td>
        <td>
          <RunState look={STATE_LOOKS[status]} />
        </td>
        <td className="number">
          {elapsed !== undefined && durationText(elapsed)}
          {status === 'running' && run?.startedAt && <RunClock since={run.startedAt} />}
        </td>
        <td className="number statement-rows">{run?.rowCount === undefined ? '' : compactCount(run.rowCount)}</td>
        <td className="statement-query">{queryId && <QueryId id={queryId} />}</td>
      </tr>
      {open && (
        <tr>
          <td colSpan={6} className="statement-open">
            <Opened statement={statement} names={names} />
          </td>
        </tr>
      )}
    </>
  );
}

function Opened({
  statement: { number, nodes, sql, run, queryId, profile },
  names,
}: Pick<StatementLineProps, 'statement' | 'names'>) {
  const line = sql !== undefined && run?.error?.line !== undefined ? lineOf(sql, run.error.line) : undefined;
  return (
    <>
      <ol className="statement-path" aria-label={`Nodes of statement ${number}`}>
        {nodes.map((id) => (
          <li key={id}>
            <NodeName id={id} names={names} />
          </li>
        ))}
      </ol>
      {run?.status === 'failed' && <RunFailure error={run.error} queryId={queryId} />}
      {line && (
        <p className="statement-line">
          Line {run?.error?.line}: <code>{line}</code>
        </p>
      )}
      {queryId && (
        <p className="statement-open-query">
          Query <QueryId id={queryId} />
        </p>
      )}
      {profile && <StatementProfileView profile={profile} label={`Statistics of statement ${number}`} />}
      {sql === undefined ? (
        <EmptyState title="This step has no SQL." text="It is decided by SnowFlow." />
      ) : (
        <div className="statement-sql">
          <Button size="sm" onClick={() => copySql(sql)} aria-label={`Copy SQL of statement ${number}`}>
            <Copy size={14} aria-hidden /> Copy SQL
          </Button>
          <SqlText sql={sql} />
        </div>
      )}
    </>
  );
}

function copySql(sql: string): void {
  void navigator.clipboard.writeText(sql).then(
    () => showToast('SQL copied'),
    () => showToast('The browser did not allow copying'),
  );
}
