import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../../api/api-error';
import { fetchSamples, type SourceDetail, type SourceRef } from '../../../api/catalog';
import { Button } from '../../../components/Button';
import { cellText } from '../../results/cell-text';
import { governanceOf } from './governance-text';

const KEYS = { primary: 'Primary key', unique: 'Unique', foreign: 'Foreign key' };

export function ColumnTable({ source, detail }: { source: SourceRef; detail: SourceDetail }) {
  return (
    <table className="catalog-columns">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Type</th>
          <th scope="col">Nullable</th>
          <th scope="col">Key</th>
          <th scope="col">Comment</th>
          <th scope="col">Tags and policies</th>
          <th scope="col">Values</th>
        </tr>
      </thead>
      <tbody>
        {detail.columns.map((column) => (
          <tr key={column.name}>
            <th scope="row" className="mono">
              {column.name}
            </th>
            <td className="mono">{column.type}</td>
            <td>{column.nullable ? 'Yes' : 'No'}</td>
            <td>{column.key && KEYS[column.key]}</td>
            <td>{column.comment}</td>
            <td>{governanceOf(detail, column.name).join(', ')}</td>
            <td>
              <Samples source={source} column={column.name} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Read when they are asked for, and forgotten with the page. */
function Samples({ source, column }: { source: SourceRef; column: string }) {
  const [asked, setAsked] = useState(false);
  const samples = useQuery({
    queryKey: ['samples', source, column],
    queryFn: ({ signal }) => fetchSamples(source, column, signal),
    enabled: asked,
    gcTime: 0,
    retry: false,
  });
  if (samples.error) return <span role="alert">{messageOf(samples.error)}</span>;
  if (samples.data) {
    return <span>{samples.data.rows.map(([value]) => cellText(value)).join(', ') || 'No values'}</span>;
  }
  return (
    <Button size="xs" aria-label={`Show values of ${column}`} aria-busy={asked} onClick={() => setAsked(true)}>
      Show
    </Button>
  );
}
