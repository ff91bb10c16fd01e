import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { questionsOf } from '@snowflow/engine/validate/questions-of';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { ApiError, messageOf } from '../../api/api-error';
import { fetchSource } from '../../api/catalog';

type SourceName = { database: string; schema: string; name: string };

/** What the catalog says about one table or view, as the check of a node takes it. */
const knowledgeQuery = ({ database, schema, name }: SourceName) =>
  queryOptions({
    queryKey: ['catalog', 'knowledge', database, schema, name],
    queryFn: async ({ signal }): Promise<Knowledge> => {
      try {
        const { columns } = await fetchSource(database, schema, name, signal);
        return { state: 'found', columns: columns.map((column) => ({ ...column })) };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 404) return { state: 'missing' };
        if (error.code === 'SNOWFLAKE_ACCESS_DENIED') return { state: 'denied' };
        if (error.code === 'POLICY_DENIED') {
          return { state: 'denied', by: { policy: 'databases', message: messageOf(error) } };
        }
        throw error;
      }
    },
    staleTime: 5 * 60_000,
    retry: false,
  });

/** The tables that a document's nodes name, by node id. */
export function namedSources(document: WorkflowDocument): Map<string, SourceName> {
  const named = new Map<string, SourceName>();
  for (const { nodeId, question } of questionsOf(document)) {
    if (question.kind === 'columns') named.set(nodeId, question);
  }
  return named;
}

/** What is known already, and a promise of the rest when something has to be asked. */
export function knowledgeOf(
  document: WorkflowDocument,
  queries: QueryClient,
): { known: Map<string, Knowledge>; asked: Promise<unknown> | undefined } {
  const known = new Map<string, Knowledge>();
  const asked: Promise<unknown>[] = [];
  for (const [nodeId, source] of namedSources(document)) {
    const query = knowledgeQuery(source);
    const state = queries.getQueryState(query.queryKey);
    if (state?.data) known.set(nodeId, state.data);
    // A name that failed for another reason is asked again only when the catalog is read anew.
    if ((!state?.data && state?.status !== 'error') || state.isInvalidated) asked.push(queries.fetchQuery(query));
  }
  return { known, asked: asked.length > 0 ? Promise.allSettled(asked) : undefined };
}
