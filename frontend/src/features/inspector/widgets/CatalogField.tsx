import { useInfiniteQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useWatch } from 'react-hook-form';
import { databasesQuery, schemasQuery, sourcesQuery } from '../../catalog/tree-queries';
import { FieldFrame, type WidgetProps } from '../FieldFrame';

type Level = 'database' | 'schema' | 'table';

/** A name from the catalog. Names that the catalog does not list can be typed: a new table has none yet. */
export function CatalogField({ level, ...props }: WidgetProps & { level: Level }) {
  const listId = useId();
  const prefix = props.path.slice(0, props.path.length - props.field.name.length);
  const [database, schema] = useWatch({ name: [`${prefix}database`, `${prefix}schema`] }) as unknown[];
  const inside = { database: textOf(database), schema: textOf(schema) };
  return (
    <FieldFrame
      {...props}
      render={({ value, invalid, describedBy, ...control }) => (
        <>
          <input
            {...control}
            className="control mono"
            list={listId}
            value={textOf(value)}
            placeholder={props.field.hint.placeholder}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={invalid || undefined}
            aria-describedby={describedBy}
          />
          <datalist id={listId}>
            {level === 'database' && <Databases />}
            {level === 'schema' && inside.database !== '' && <Schemas database={inside.database} />}
            {level === 'table' && inside.database !== '' && inside.schema !== '' && (
              <Tables database={inside.database} schema={inside.schema} />
            )}
          </datalist>
        </>
      )}
    />
  );
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

type Named = { name: string; denied?: object | undefined };

function Names({ pages }: { pages: readonly { items: readonly Named[] }[] | undefined }) {
  return pages
    ?.flatMap((page) => page.items)
    .map(({ name, denied }) => (
      <option key={name} value={name}>
        {denied ? `${name}, denied by policy` : name}
      </option>
    ));
}

function Databases() {
  return <Names pages={useInfiniteQuery(databasesQuery).data?.pages} />;
}

function Schemas({ database }: { database: string }) {
  return <Names pages={useInfiniteQuery(schemasQuery(database)).data?.pages} />;
}

function Tables({ database, schema }: { database: string; schema: string }) {
  return <Names pages={useInfiniteQuery(sourcesQuery(database, schema)).data?.pages} />;
}
