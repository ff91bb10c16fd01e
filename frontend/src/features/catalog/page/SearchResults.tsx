import { messageOf } from '../../../api/api-error';
import type { SearchHit, SourceRef } from '../../../api/catalog';
import { Button } from '../../../components/Button';
import { compactCount } from '../../format/numbers';
import { isReadable, KIND_NAMES } from './kind-names';
import type { useCatalogSearch } from './use-catalog-search';

interface SearchResultsProps {
  listing: ReturnType<typeof useCatalogSearch>;
  onPick: (source: SourceRef) => void;
  /** For a database or schema: what is in it. */
  onLookInto: (place: string) => void;
}

export function SearchResults({ listing, onPick, onLookInto }: SearchResultsProps) {
  if (listing.error) {
    return (
      <p className="tree-state" role="alert">
        {messageOf(listing.error)}{' '}
        <Button size="xs" onClick={() => void listing.refetch()}>
          Try now
        </Button>
      </p>
    );
  }
  const items = listing.data?.pages.flatMap((page) => page.items);
  const pick = (hit: SearchHit) => {
    const { database, schema, name } = hit;
    if (schema !== null && isReadable(hit.kind)) onPick({ database, schema, name });
    else if (hit.kind === 'database' || hit.kind === 'schema') onLookInto(`${placeOf(hit)}.`);
  };
  return (
    <>
      <ul className="catalog-hits" aria-label="Search results">
        {items?.map((hit) => (
          <li key={JSON.stringify([hit.kind, hit.database, hit.schema, hit.name])}>
            <Hit hit={hit} onPick={() => pick(hit)} />
          </li>
        ))}
      </ul>
      {items?.length === 0 && <p className="tree-state">Nothing that your role can see matches.</p>}
      {listing.hasNextPage && (
        <Button size="xs" onClick={() => void listing.fetchNextPage()} aria-busy={listing.isFetchingNextPage}>
          Show more
        </Button>
      )}
    </>
  );
}

const placeOf = ({ database, schema }: SearchHit) => (schema === null ? database : `${database}.${schema}`);

function Hit({ hit, onPick }: { hit: SearchHit; onPick: () => void }) {
  const { one, Icon } = KIND_NAMES[hit.kind];
  const note = hit.rowCount === null ? one : compactCount(hit.rowCount);
  return (
    <button type="button" onClick={onPick} title={hit.comment ?? undefined}>
      <Icon size={14} aria-hidden />
      <span className="catalog-hit-name">
        {hit.name}
        {hit.kind !== 'database' && <small className="mono">{placeOf(hit)}</small>}
      </span>
      <span className="tree-note">{hit.secure ? `secure ${note}` : note}</span>
    </button>
  );
}
