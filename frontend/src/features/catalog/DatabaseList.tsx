import { useInfiniteQuery } from '@tanstack/react-query';
import { Database } from 'lucide-react';
import { SchemaList } from './SchemaList';
import { TreeItem } from './TreeItem';
import { TreeMore } from './TreeMore';
import { databasesQuery } from './tree-queries';

export function DatabaseList() {
  const listing = useInfiniteQuery(databasesQuery);
  const items = listing.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {items.map(({ name, comment, denied }, index) => (
        <TreeItem
          key={name}
          itemKey={name}
          level={1}
          label={name}
          Icon={Database}
          first={index === 0}
          title={comment ?? undefined}
          denied={denied}
        >
          <SchemaList database={name} />
        </TreeItem>
      ))}
      <TreeMore listing={listing} empty={items.length === 0} what="databases" />
    </>
  );
}
