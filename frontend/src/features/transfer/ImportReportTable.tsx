import type { ImportReport } from '../../api/transfer';

const OUTCOMES = { taken: 'Taken over', changed: 'Changed', dropped: 'Left out' };

/** What becomes of each node of one workflow of a file, in plain words. */
export function ImportReportTable({ workflow }: { workflow: ImportReport['workflows'][number] }) {
  return (
    <div className="transfer-scroll" role="region" aria-label={`Report of ${workflow.name}`} tabIndex={0}>
      {workflow.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      <table className="transfer-report">
        <caption>{workflow.name}</caption>
        <thead>
          <tr>
            <th scope="col">Node</th>
            <th scope="col">Outcome</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {workflow.nodes.map(({ nodeId, label, type, outcome, reasons, problems }, at) => (
            <tr key={`${nodeId} ${at}`}>
              <th scope="row">
                {label || nodeId} <span className="quiet">{type}</span>
              </th>
              <td>{OUTCOMES[outcome]}</td>
              <td>{[...reasons, ...problems.map(({ path, message }) => `${path}: ${message}`)].join('. ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
