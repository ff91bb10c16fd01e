import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { messageOf } from '../../api/api-error';
import { Button } from '../../components/Button';
import { useLate } from '../../components/use-late';

type Listing = Pick<
  UseInfiniteQueryResult,
  'isPending' | 'error' | 'hasNextPage' | 'fetchNextPage' | 'isFetchingNextPage' | 'refetch'
>;

/** The end of a list in the tree: still loading, failed, empty, or more to come. */
export function TreeMore({ listing, empty, what }: { listing: Listing; empty: boolean; what: string }) {
  const late = useLate(listing.isPending);
  if (listing.isPending) return late ? <li role="none" className="tree-state">{`Reading ${what}`}</li> : null;
  if (listing.error) {
    return (
      <li role="none" className="tree-state">
        {messageOf(listing.error)}{' '}
        <Button size="xs" onClick={() => void listing.refetch()}>
          Try now
        </Button>
      </li>
    );
  }
  if (empty) return <li role="none" className="tree-state">{`No ${what} here that your role can see.`}</li>;
  if (!listing.hasNextPage) return null;
  return (
    <li role="none" className="tree-state">
      <Button size="xs" onClick={() => void listing.fetchNextPage()} aria-busy={listing.isFetchingNextPage}>
        Show more
      </Button>
    </li>
  );
}
