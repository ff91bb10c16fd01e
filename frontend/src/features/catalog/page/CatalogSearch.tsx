import { RefreshCw, Search } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent } from 'react';
import type { SourceRef } from '../../../api/catalog';
import { Button } from '../../../components/Button';
import { timeAgo } from '../../format/moments';
import { CatalogTree } from '../CatalogTree';
import type { CatalogAddress } from './catalog-address';
import { KIND_NAMES } from './kind-names';
import { SearchResults } from './SearchResults';
import { useCatalogRefresh } from '../use-catalog-refresh';
import { useCatalogSearch } from './use-catalog-search';

const TYPING_MS = 120;

interface CatalogSearchProps {
  address: CatalogAddress;
  onChange: (change: Partial<CatalogAddress>) => void;
}

/** The tree, and over it a search as it is typed; arrow down goes from the field into what it found. */
export function CatalogSearch({ address: { search, kind }, onChange }: CatalogSearchProps) {
  const [typed, setTyped] = useState(search);
  const listing = useCatalogSearch(search, kind);
  const first = listing.data?.pages[0];
  const refresh = useCatalogRefresh();
  const pick = (source: SourceRef) => onChange({ source });

  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() !== search) onChange({ search: typed.trim(), kind: undefined });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, search, onChange]);

  return (
    <section className="catalog-side" aria-label="Objects" onKeyDown={walk}>
      <search className="catalog-search">
        <Search size={16} aria-hidden />
        <input
          className="control"
          type="search"
          aria-label="Search the catalog"
          placeholder="Search names, as sales.core.cust"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </search>
      {search === '' ? (
        <CatalogTree pick={pick} />
      ) : (
        <>
          <div className="catalog-facets" role="group" aria-label="Kinds">
            {first?.counts.map((one) => (
              <button
                key={one.kind}
                type="button"
                aria-pressed={kind === one.kind}
                onClick={() => onChange({ kind: kind === one.kind ? undefined : one.kind })}
              >
                {KIND_NAMES[one.kind].many} {one.count.toLocaleString('en-US')}
              </button>
            ))}
          </div>
          <SearchResults listing={listing} onPick={pick} onLookInto={setTyped} />
          {first && (
            <div className="catalog-age">
              <p role="status">
                {first.reading
                  ? 'The catalog is still being read. More may match.'
                  : `Read ${timeAgo(first.asOf).toLowerCase()}.${first.complete ? '' : ' Not all of it could be read.'}`}
              </p>
              <Button look="ghost" size="xs" iconOnly="Read the catalog again" onClick={() => refresh.mutate()}>
                <RefreshCw size={14} aria-hidden />
              </Button>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('.catalog-search input, .catalog-hits button')];
  const at = stops.findIndex((stop) => stop === event.target);
  if (step === undefined || at < 0) return;
  event.preventDefault();
  stops[at + step]?.focus();
}
