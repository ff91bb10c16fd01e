import type { ScratchTables } from '../../../api/scratch-tables';
import { EmptyState } from '../../../components/EmptyState';
import { absoluteTime, timeAgo } from '../../format/moments';
import './OverdueTables.css';

/** The tables that nothing needs any more and that are still there. */
export function OverdueTables({ tables }: { tables: ScratchTables['items'] }) {
  if (tables.length === 0) {
    return (
      <div className="settings-empty">
        <EmptyState title="No scratch table is overdue." text="Every run has dropped what it made." />
      </div>
    );
  }
  return (
    <div className="overdue-tables" tabIndex={0} role="group" aria-label="Overdue scratch tables, scrollable">
      <table>
        <caption className="visually-hidden">Overdue scratch tables</caption>
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col">Run</th>
            <th scope="col">Person</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ database, schema, name, runId, person, since }) => (
            <tr key={`${database}.${schema}.${name}`}>
              <th scope="row" className="mono">
                {database}.{schema}.{name}
              </th>
              <td className="mono">{runId}</td>
              <td className="mono">{person}</td>
              <td title={absoluteTime(since)}>{timeAgo(since)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
