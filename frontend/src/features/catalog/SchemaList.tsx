import { useInfiniteQuery } from '@tanstack/react-query';
import { Folder } from 'lucide-react';
import { SourceList } from './SourceList';
import { TreeItem } from './TreeItem';
import { TreeMore } from './TreeMore';
import { schemasQuery } from './tree-queries';

export function SchemaList({ database }: { database: string }) {
  const listing = useInfiniteQuery(schemasQuery(database));
  const items = listing.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {items.map(({ name, comment, denied }) => (
        <TreeItem
          key={name}
          itemKey={JSON.stringify([database, name])}
          level={2}
          label={name}
          Icon={Folder}
          title={comment ?? undefined}
          denied={denied}
        >
          <SourceList database={database} schema={name} />
        </TreeItem>
      ))}
      <TreeMore listing={listing} empty={items.length === 0} what="schemas" />
    </>
  );
}
