import { useCallback, useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { EmptyState } from '../components/EmptyState';
import { PageFrame } from '../components/PageFrame';
import { addressOf, paramsOf, type CatalogAddress } from '../features/catalog/page/catalog-address';
import { CatalogSearch } from '../features/catalog/page/CatalogSearch';
import { SourceDetails } from '../features/catalog/page/SourceDetails';
import './CatalogPage.css';

/** What the role sees of Snowflake. The search and the object looked at stand in the address. */
export function CatalogPage() {
  const [params, setParams] = useSearchParams();
  const address = addressOf(params);
  const change = useCallback(
    (part: Partial<CatalogAddress>) =>
      setParams((before) => paramsOf({ ...addressOf(before), ...part }), { replace: part.source === undefined }),
    [setParams],
  );
  const { source } = address;

  useEffect(() => {
    document.title = 'Catalog · SnowFlow';
  }, []);

  return (
    <PageFrame skipTo="the catalog">
      <header className="page-head">
        <h1>Catalog</h1>
      </header>
      <div className="catalog-page">
        <CatalogSearch address={address} onChange={change} />
        {source ? (
          <SourceDetails key={JSON.stringify(source)} source={source} />
        ) : (
          <div className="page-card">
            <EmptyState title="Choose a table or view." text="You see what your role may see." />
          </div>
        )}
      </div>
    </PageFrame>
  );
}
