import { useInfiniteQuery } from '@tanstack/react-query';
import { Eye, Table2 } from 'lucide-react';
import { compactCount } from '../format/numbers';
import { startDrag } from '../palette/drag-node';
import { addAfterSelection } from '../palette/add-after-selection';
import { useTree } from './tree-context';
import { TreeItem } from './TreeItem';
import { TreeMore } from './TreeMore';
import { sourcesQuery } from './tree-queries';

/** What a node can read; stages and the like have no node type yet. */
const READABLE: ReadonlySet<string> = new Set(['table', 'view', 'dynamic-table']);

export function SourceList({ database, schema }: { database: string; schema: string }) {
  const { pick } = useTree();
  const listing = useInfiniteQuery(sourcesQuery(database, schema));
  const items = (listing.data?.pages.flatMap((page) => page.items) ?? []).filter(({ kind }) => READABLE.has(kind));
  return (
    <>
      {items.map(({ name, kind, rowCount, comment, access, denied }) => {
        const node = { type: 'source.table', label: name, config: { database, schema, table: name } };
        return (
          <TreeItem
            key={name}
            itemKey={JSON.stringify([database, schema, name])}
            level={3}
            label={name}
            Icon={kind === 'view' ? Eye : Table2}
            note={rowCount === null ? kind.replace('-', ' ') : compactCount(rowCount)}
            title={access.select === false ? 'You can see the columns, not the rows.' : (comment ?? undefined)}
            denied={denied}
            onDragStart={denied || pick ? undefined : (event) => startDrag(event, node)}
            onPick={() => {
              if (pick) pick({ database, schema, name });
              else if (!denied) addAfterSelection(node.type, node);
            }}
          />
        );
      })}
      <TreeMore listing={listing} empty={items.length === 0} what="tables or views" />
    </>
  );
}
