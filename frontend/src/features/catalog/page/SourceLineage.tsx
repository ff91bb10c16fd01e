import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error';
import { fetchColumnUses, type ColumnUse, type SourceDetail, type SourceRef } from '../../../api/catalog';
import { Button } from '../../../components/Button';

/** What each column goes into, in the person's saved workflows. Each is asked about by itself: the workflows are read for it. */
export function SourceLineage({ source, columns }: { source: SourceRef; columns: SourceDetail['columns'] }) {
  return (
    <section className="catalog-card" aria-label="Lineage">
      <table className="catalog-columns">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Goes into</th>
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name }) => (
            <tr key={name}>
              <th scope="row" className="mono">
                {name}
              </th>
              <td>
                <ColumnUses source={source} column={name} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ColumnUses({ source, column }: { source: SourceRef; column: string }) {
  const [asked, setAsked] = useState(false);
  const uses = useQuery({
    queryKey: ['catalog', 'column-uses', source, column],
    queryFn: ({ signal }) => fetchColumnUses(source, column, signal),
    enabled: asked,
    retry: false,
  });
  if (uses.error) return <span role="alert">{messageOf(uses.error)}</span>;
  if (!uses.data) {
    return (
      <Button size="xs" aria-label={`Show what ${column} goes into`} aria-busy={asked} onClick={() => setAsked(true)}>
        Show
      </Button>
    );
  }
  const { workflows, unread } = uses.data;
  return (
    <>
      {workflows.length === 0 && unread === 0 && <span>Nothing in your workflows</span>}
      <ul className="catalog-uses">
        {workflows.map(({ id, name, uses: outputs }) => (
          <li key={id}>
            <Link to={`/workflows/${id}`}>{name}</Link>
            <ul aria-label={`In ${name}`}>
              {outputs.map((use) => (
                <li key={`${use.nodeId} ${use.column}`}>{useText(use)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {unread > 0 && <span>{unread === 1 ? 'One workflow' : `${unread} workflows`} could not be read for it</span>}
    </>
  );
}

function useText({ label, column, kind, target }: ColumnUse): string {
  const where = target ? [target.database, target.schema, target.table].filter(Boolean).join('.') : label;
  return `${kind === 'value' ? 'Becomes' : 'Decides'} ${column} of ${where}`;
}
