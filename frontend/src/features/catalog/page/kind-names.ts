import {
  Box,
  Database,
  Eye,
  Folder,
  FunctionSquare,
  Layers,
  Search,
  Table2,
  Waves,
  type LucideIcon,
} from 'lucide-react';
import type { SearchKind } from '../../../api/catalog';

interface KindName {
  one: string;
  many: string;
  Icon: LucideIcon;
}

export const KIND_NAMES: Readonly<Record<SearchKind, KindName>> = {
  database: { one: 'database', many: 'Databases', Icon: Database },
  schema: { one: 'schema', many: 'Schemas', Icon: Folder },
  table: { one: 'table', many: 'Tables', Icon: Table2 },
  view: { one: 'view', many: 'Views', Icon: Eye },
  'dynamic-table': { one: 'dynamic table', many: 'Dynamic tables', Icon: Layers },
  'semantic-view': { one: 'semantic view', many: 'Semantic views', Icon: Box },
  stage: { one: 'stage', many: 'Stages', Icon: Folder },
  stream: { one: 'stream', many: 'Streams', Icon: Waves },
  function: { one: 'function', many: 'Functions', Icon: FunctionSquare },
  'search-service': { one: 'search service', many: 'Search services', Icon: Search },
};

/** What can be looked into and read. */
export const isReadable = (kind: SearchKind): boolean => ['table', 'view', 'dynamic-table'].includes(kind);
