import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { messageOf } from '../../../api/api-error';
import { fetchSourceUses, type SourceRef } from '../../../api/catalog';
import { Button } from '../../../components/Button';

/** The person's workflows that read or write it. */
export function SourceUses({ source }: { source: SourceRef }) {
  const uses = useInfiniteQuery({
    queryKey: ['catalog', 'uses', source],
    queryFn: ({ pageParam, signal }) => fetchSourceUses(source, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const items = uses.data?.pages.flatMap((page) => page.items);
  return (
    <section className="catalog-card" aria-label="Used by">
      {uses.error && <p role="alert">{messageOf(uses.error)}</p>}
      {items?.length === 0 && <p>None of your workflows reads or writes it.</p>}
      <ul className="catalog-uses">
        {items?.map(({ id, name }) => (
          <li key={id}>
            <Link to={`/workflows/${id}`}>{name}</Link>
          </li>
        ))}
      </ul>
      {uses.hasNextPage && <Button onClick={() => void uses.fetchNextPage()}>Show more</Button>}
    </section>
  );
}
