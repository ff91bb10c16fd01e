import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../../../api/api-error';
import { fetchPreview, type SourceRef } from '../../../api/catalog';
import { Button } from '../../../components/Button';
import { Notice } from '../../../components/Notice';
import { DataGrid } from '../../results/DataGrid';

/** The first rows, as the session's role may see them. Asked for, since that wakes a warehouse, and never kept. */
export function SourcePreview({ source, warehouse }: { source: SourceRef; warehouse: string | null }) {
  const preview = useQuery({
    queryKey: ['preview', source],
    queryFn: ({ signal }) => fetchPreview(source, signal),
    enabled: false,
    gcTime: 0,
    retry: false,
  });
  return (
    <section className="catalog-card" aria-label="Preview">
      <header>
        <h2>Preview</h2>
        <span>{warehouse === null ? 'Choose a warehouse to read rows' : `50 rows, read with ${warehouse}`}</span>
        <Button size="sm" onClick={() => void preview.refetch()} aria-busy={preview.isFetching}>
          {preview.data ? 'Read again' : 'Show rows'}
        </Button>
      </header>
      {preview.error && (
        <Notice tone="danger" title="The rows could not be read.">
          {messageOf(preview.error)}
        </Notice>
      )}
      {preview.data && (
        <div className="catalog-rows">
          <DataGrid
            columns={preview.data.columns}
            rows={preview.data.rows}
            rowCount={preview.data.rows.length}
            onEnd={() => undefined}
          />
        </div>
      )}
    </section>
  );
}
