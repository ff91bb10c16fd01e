import type { RelationEntry, SetTag } from '../catalog/catalog-entries';
import type { Call } from '../parser/expression-tree';
import { typeError, unsupported } from '../statements/warehouse-error';
import type { CompiledQuery, Environment } from './environment';
import { rowsRelation, textColumn } from './rows-relation';

/** A tag as it is found on a table or a column; `level`: where it was set. */
interface TagReference {
  tag: SetTag;
  level: 'TABLE' | 'COLUMN';
  relation: RelationEntry;
  column: string | null;
}

/** TAG_REFERENCES, TAG_REFERENCES_ALL_COLUMNS and POLICY_REFERENCES of tables and views; there are no policies here. */
export function references(call: Call, kind: string, env: Environment): CompiledQuery {
  env.context.volatile = true;
  const [name, domain] = ['REF_ENTITY_NAME', 'REF_ENTITY_DOMAIN'].map((argument, index) => {
    const tree = call.named.get(argument) ?? call.args[index];
    const literal = tree && env.expression(tree).literal;
    if (typeof literal !== 'string') throw typeError(`${kind} needs the name and the domain of an object`, call.at);
    return literal;
  });
  const names = namesIn(name ?? '');
  const relationOf = (path: readonly string[]) => env.context.access.readableRelation(path);
  if (kind === 'POLICY_REFERENCES') {
    relationOf(names);
    return rowsRelation([], policyColumns);
  }
  switch (domain?.toUpperCase()) {
    case 'TABLE':
      return rowsRelation(
        kind === 'TAG_REFERENCES' ? ofTable(relationOf(names)) : ofColumns(relationOf(names)),
        columns,
      );
    case 'COLUMN':
      return rowsRelation(
        ofColumns(relationOf(names.slice(0, -1))).filter(({ column }) => column === names.at(-1)),
        columns,
      );
    default:
      throw unsupported(`${kind} of a ${domain ?? ''}`, call.at);
  }
}

function namesIn(text: string): string[] {
  const parts = text.match(/"(?:[^"]|"")+"|[^.]+/g) ?? [];
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toUpperCase()));
}

function ofTable(relation: RelationEntry): TagReference[] {
  return (relation.tags ?? []).map((tag) => ({ tag, level: 'TABLE', relation, column: null }));
}

/** A column has the tags of its table too, but for those it has a value of its own of. */
function ofColumns(relation: RelationEntry): TagReference[] {
  return relation.columns.flatMap(({ name: column, tags = [] }) => {
    const own = tags.map((tag): TagReference => ({ tag, level: 'COLUMN', relation, column }));
    const inherited = ofTable(relation)
      .filter(({ tag }) => !tags.some((one) => isSameTag(one, tag)))
      .map((reference) => ({ ...reference, column }));
    return [...own, ...inherited];
  });
}

const isSameTag = (one: SetTag, other: SetTag) =>
  one.database === other.database && one.schema === other.schema && one.name === other.name;

const columns = [
  textColumn<TagReference>('TAG_DATABASE', ({ tag }) => tag.database),
  textColumn<TagReference>('TAG_SCHEMA', ({ tag }) => tag.schema),
  textColumn<TagReference>('TAG_NAME', ({ tag }) => tag.name),
  textColumn<TagReference>('TAG_VALUE', ({ tag }) => tag.value),
  textColumn<TagReference>('LEVEL', ({ level }) => level),
  textColumn<TagReference>('OBJECT_DATABASE', ({ relation }) => relation.database),
  textColumn<TagReference>('OBJECT_SCHEMA', ({ relation }) => relation.schema),
  textColumn<TagReference>('OBJECT_NAME', ({ relation }) => relation.name),
  textColumn<TagReference>('DOMAIN', ({ column }) => (column === null ? 'TABLE' : 'COLUMN')),
  textColumn<TagReference>('COLUMN_NAME', ({ column }) => column),
];

const policyColumns = [
  'POLICY_DB',
  'POLICY_SCHEMA',
  'POLICY_NAME',
  'POLICY_KIND',
  'REF_DATABASE_NAME',
  'REF_SCHEMA_NAME',
  'REF_ENTITY_NAME',
  'REF_ENTITY_DOMAIN',
  'REF_COLUMN_NAME',
].map((name) => textColumn<never>(name, () => null));
