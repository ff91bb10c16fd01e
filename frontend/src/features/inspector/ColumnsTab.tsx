import { Fragment, useState } from 'react';
import { useBuilder } from '../../store/builder-store';
import { ColumnLineage } from '../lineage/ColumnLineage';

/** The columns that a node gives, as far as they are known before it ran. Choosing one shows where it comes from. */
export function ColumnsTab({ id }: { id: string }) {
  const outputs = useBuilder((state) => state.outputColumns[id]);
  const inputs = useBuilder((state) => state.inputColumns[id]);
  const [, given] = Object.entries(outputs ?? {})[0] ?? [];
  const columns = given ?? (Object.keys(outputs ?? {}).length === 0 ? Object.values(inputs ?? {})[0]?.[0] : undefined);
  const [chosen, setChosen] = useState<{ id: string; name: string }>();
  if (!columns) {
    return (
      <p className="field-hint">The columns are known once the node is connected and its settings are complete.</p>
    );
  }
  return (
    <table className="columns-table">
      <caption className="visually-hidden">Columns</caption>
      <thead>
        <tr>
          <th scope="col">
            {columns.length} {columns.length === 1 ? 'column' : 'columns'}
          </th>
          <th scope="col">Type</th>
        </tr>
      </thead>
      <tbody>
        {columns.map(({ name, type, nullable }) => {
          const isChosen = chosen?.id === id && chosen.name === name;
          return (
            <Fragment key={name}>
              <tr>
                <th scope="row" className="mono">
                  <button
                    type="button"
                    className="lineage-column"
                    aria-expanded={isChosen}
                    title="Where it comes from"
                    onClick={() => setChosen(isChosen ? undefined : { id, name })}
                  >
                    {name}
                  </button>
                </th>
                <td className="mono">
                  {type || 'unknown'}
                  {!nullable && <span title="Never null"> not null</span>}
                </td>
              </tr>
              {isChosen && (
                <tr>
                  <td colSpan={2}>
                    <ColumnLineage nodeId={id} column={name} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
