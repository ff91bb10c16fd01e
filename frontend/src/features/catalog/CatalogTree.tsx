import type { SourceRef } from '../../api/catalog';
import { RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Button } from '../../components/Button';
import { useCatalogRefresh } from './use-catalog-refresh';
import { DatabaseList } from './DatabaseList';
import { TreeContext, type TreeState } from './tree-context';
import { moveInTree } from './tree-keys';
import './CatalogTree.css';

/** Databases, schemas and their sources, read as they are opened. One tab stop; arrows walk, Enter adds a source. */
export function CatalogTree({ pick }: { pick?: (source: SourceRef) => void }) {
  const refresh = useCatalogRefresh();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string>();

  const state = useMemo<TreeState>(
    () => ({
      pick,
      focused,
      setFocused,
      isOpen: (key) => open.has(key),
      setOpen: (key, wanted) =>
        setOpen((before) => {
          const next = new Set(before);
          if (wanted) next.add(key);
          else next.delete(key);
          return next;
        }),
    }),
    [open, focused, pick],
  );

  return (
    <section className="catalog" aria-label="Catalog">
      <header>
        <h2>Catalog</h2>
        <Button look="ghost" size="xs" iconOnly="Read the catalog again" onClick={() => refresh.mutate()}>
          <RefreshCw size={14} aria-hidden />
        </Button>
      </header>
      <TreeContext value={state}>
        <ul role="tree" aria-label="Catalog" onKeyDown={moveInTree}>
          <DatabaseList />
        </ul>
      </TreeContext>
    </section>
  );
}
