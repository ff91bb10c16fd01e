import type { Page } from '../dto/page.dto';
import { Done, Nothing } from '../rpc/nothing';
import { defineService, read, ServiceClient, ServiceHandlers, write } from '../rpc/service-contract';
import {
  ColumnsReply,
  ColumnsRequest,
  ContainerView,
  DatabasesQuery,
  PreviewRequest,
  RunSource,
  SamplesRequest,
  SchemasQuery,
  SealedHandle,
  SourceDetailView,
  SourceName,
  SourcesQuery,
  SourceView,
  TagsReply,
  TagsRequest,
} from './catalog.dto';
import {
  AnalystAnswerView,
  AskSemanticModel,
  SaveSemanticModel,
  SemanticModelDetailView,
  SemanticModelsQuery,
  SemanticModelView,
  SemanticValidationView,
  ValidateSemanticModel,
} from './semantic-models.dto';
import { SearchQuery, SearchReply } from './search.dto';

/** What the caller's role may see, in the session's current context, or in that of the run that asks. Never rows: `preview` answers a sealed rows handle. */
export const catalogContract = defineService('catalog', {
  databases: read<Page<ContainerView>>()(DatabasesQuery, { deadlineMs: 30_000 }),
  schemas: read<Page<ContainerView>>()(SchemasQuery, { deadlineMs: 30_000 }),
  sources: read<Page<SourceView>>()(SourcesQuery, { deadlineMs: 30_000 }),
  source: read<SourceDetailView>()(SourceName, { deadlineMs: 30_000 }),
  /** Whether the tenant lets a run read a source, asked in the run's context; its person may have signed out. Throws POLICY_DENIED. */
  admit: read<Done>()(RunSource, { deadlineMs: 30_000 }),
  columns: read<ColumnsReply>()(ColumnsRequest, { deadlineMs: 30_000 }),
  /** Of several sources, past every cache: what decides whether data may leave. */
  tags: read<TagsReply>()(TagsRequest, { deadlineMs: 60_000 }),
  /** Over everything the role may see; answers at once, from what is known so far. */
  search: read<SearchReply>()(SearchQuery, { deadlineMs: 30_000 }),
  /** The right to see a few distinct values of a column. */
  samples: read<SealedHandle>()(SamplesRequest),
  preview: read<SealedHandle>()(PreviewRequest),
  semanticModels: read<Page<SemanticModelView>>()(SemanticModelsQuery, { deadlineMs: 30_000 }),
  semanticModel: read<SemanticModelDetailView>()(SourceName, { deadlineMs: 30_000 }),
  validateSemanticModel: read<SemanticValidationView>()(ValidateSemanticModel),
  saveSemanticModel: write<SourceName>()(SaveSemanticModel, { deadlineMs: 90_000 }),
  /** The question may quote data, so it is sealed on its way. */
  askSemanticModel: write<AnalystAnswerView>()(AskSemanticModel, { sealed: true, deadlineMs: 75_000 }),
  refresh: write<Done>()(Nothing),
});

export type CatalogClient = ServiceClient<typeof catalogContract>;
export type CatalogHandlers = ServiceHandlers<typeof catalogContract>;
