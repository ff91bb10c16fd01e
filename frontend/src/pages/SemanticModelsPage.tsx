import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { messageOf } from '../api/api-error';
import { fetchSemanticModels, type SemanticModelSummary } from '../api/semantic-models';
import { Button } from '../components/Button';
import { EmptyState } from '../components/EmptyState';
import { Notice } from '../components/Notice';
import { PageFrame } from '../components/PageFrame';
import { timeAgo } from '../features/format/moments';
import '../features/workflows/WorkflowTable.css';
import '../components/Field.css';

/** The semantic views that the role sees. */
export function SemanticModelsPage() {
  const [search, setSearch] = useState('');
  const wanted = useDeferredValue(search.trim());
  const listing = useInfiniteQuery({
    queryKey: ['semantic-models', 'list', wanted],
    queryFn: ({ pageParam, signal }) => fetchSemanticModels(wanted, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    retry: false,
  });
  const items = listing.data?.pages.flatMap((page) => page.items);

  useEffect(() => {
    document.title = 'Semantic models · SnowFlow';
  }, []);

  return (
    <PageFrame skipTo="semantic models">
      <header className="page-head">
        <h1>Semantic models</h1>
        <search>
          <input
            className="control"
            type="search"
            aria-label="Search semantic models"
            placeholder="Search names"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </search>
        <Link className="button button-primary button-md" to="/semantic-models/new">
          New model
        </Link>
      </header>
      {listing.error && (
        <Notice
          tone="danger"
          title="The semantic views could not be read."
          action={<Button onClick={() => void listing.refetch()}>Try now</Button>}
        >
          {messageOf(listing.error)}
        </Notice>
      )}
      {items?.length === 0 && (
        <div className="page-card">
          <EmptyState
            title={wanted === '' ? 'No semantic view that your role sees.' : 'No semantic view matches.'}
            text={wanted === '' ? 'Make one from a table.' : 'Try another word.'}
          />
        </div>
      )}
      {items && items.length > 0 && <ModelTable items={items} />}
      {listing.hasNextPage && (
        <Button onClick={() => void listing.fetchNextPage()} aria-busy={listing.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </PageFrame>
  );
}

function ModelTable({ items }: { items: readonly SemanticModelSummary[] }) {
  return (
    <table className="workflow-table">
      <thead>
        <tr>
          {['Name', 'Schema', 'About', 'Owner', 'Made'].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ database, schema, name, comment, owner, createdAt }) => (
          <tr key={JSON.stringify([database, schema, name])}>
            <th scope="row">
              <Link to={`/semantic-models/${[database, schema, name].map(encodeURIComponent).join('/')}`}>{name}</Link>
            </th>
            <td className="mono">{`${database}.${schema}`}</td>
            <td>{comment}</td>
            <td className="mono">{owner}</td>
            <td>{createdAt === null ? '' : timeAgo(createdAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
