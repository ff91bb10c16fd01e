import { Check, CircleHelp, X } from 'lucide-react';
import type { AccessCell, AccessMatrix } from '../../api/access';
import { useBuilder } from '../../store/builder-store';
import { selectNode } from '../../store/selectors/node-selectors';

const STATES = {
  granted: { Icon: Check, text: 'Granted' },
  missing: { Icon: X, text: 'Missing' },
  unknown: { Icon: CircleHelp, text: 'Unknown until run' },
} as const;

/** One row for each node that needs grants, one column for each role. */
export function AccessTable({ matrix }: { matrix: AccessMatrix }) {
  const { nodes, roles, moreRoles, note } = matrix;
  if (nodes.length === 0) return <p>No node of this workflow needs a grant.</p>;
  return (
    <>
      <div className="access-scroll" role="region" aria-label="Roles by nodes" tabIndex={0}>
        <table className="access-table">
          <thead>
            <tr>
              <th scope="col">Node</th>
              {roles.map((role) => (
                <th key={role} scope="col">
                  {role}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {nodes.map((row) => (
              <tr key={row.nodeId}>
                <th scope="row">
                  <NodeLabel id={row.nodeId} />
                  {row.policies.length > 0 && (
                    <p className="field-hint">Other roles may see other values: {row.policies.join(', ')}</p>
                  )}
                </th>
                {row.cells.map((cell) => (
                  <Cell key={cell.role} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {moreRoles && <p className="field-hint">There are more roles than these.</p>}
      <p className="field-hint">{note}</p>
    </>
  );
}

function NodeLabel({ id }: { id: string }) {
  return useBuilder(selectNode(id))?.data.label || id;
}

function Cell({ cell: { state, missing } }: { cell: AccessCell }) {
  const { Icon, text } = STATES[state];
  return (
    <td data-state={state}>
      <span className="access-state">
        <Icon size={14} aria-hidden /> {text}
      </span>
      {missing.map(({ object, privilege }) => (
        <span key={`${privilege} ${object}`} className="access-missing">
          {privilege} on <code>{object}</code>
        </span>
      ))}
    </td>
  );
}
