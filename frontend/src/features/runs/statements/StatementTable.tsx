import type { NodeNames } from '../details/node-names';
import type { LiveRun } from '../details/use-live-run';
import { StatementLine } from './StatementLine';
import { sentByCalls, statementsOf } from './statements';
import './StatementTable.css';

interface StatementTableProps {
  run: LiveRun;
  names: NodeNames;
  /** The step whose statement is open. */
  open: string | null;
  onOpen: (step: string | null) => void;
}

/** What Snowflake was given, statement by statement. */
export function StatementTable({ run, names, open, onOpen }: StatementTableProps) {
  const more = sentByCalls(run);
  return (
    <>
      <table className="statement-table">
        <caption className="visually-hidden">The statements of the run</caption>
        <thead>
          <tr>
            <th scope="col">Statement</th>
            <th scope="col" className="statement-nodes">
              Nodes
            </th>
            <th scope="col">State</th>
            <th scope="col" className="number">
              Time
            </th>
            <th scope="col" className="number statement-rows">
              Rows
            </th>
            <th scope="col" className="statement-query">
              Query ID
            </th>
          </tr>
        </thead>
        <tbody>
          {statementsOf(run).map((statement) => (
            <StatementLine
              key={statement.step}
              statement={statement}
              names={names}
              open={open === statement.step}
              onToggle={() => onOpen(open === statement.step ? null : statement.step)}
            />
          ))}
        </tbody>
      </table>
      {more > 0 && (
        <p className="statement-more">
          … and {more.toLocaleString('en-US')} more, sent by the workflows that it called.
        </p>
      )}
    </>
  );
}
