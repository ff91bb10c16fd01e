import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { questionsOf, type NodeQuestion } from '@snowflow/engine/validate/questions-of';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import type { QueryClient } from '@tanstack/react-query';
import type { Validation } from '../../api/types';

type Described = Extract<NodeQuestion['question'], { kind: 'describe' }>;

/** What the service answered about a document: the columns of nodes whose SQL only Snowflake can describe. */
export interface Answered {
  document: WorkflowDocument;
  columns: Validation['columns'];
}

/** Each answer opens further questions; chains deeper than this the service checks alone. */
const ROUNDS = 8;
const KEPT_MS = 60 * 60_000;

/** By the text that is described: whatever else changes, its columns stay. A switch of role forgets them with the rest of the catalog. */
const keyOf = ({ sql, binds }: Described) => ['catalog', 'knowledge', 'described', sql, ...binds];

/** Adds to what is known the columns of SQL that was described before. */
export function recallDescribed(
  document: WorkflowDocument,
  known: Map<string, Knowledge>,
  queries: QueryClient,
): Map<string, Knowledge> {
  return answerQuestions(document, known, (_nodeId, question) => {
    const state = queries.getQueryState<Knowledge>(keyOf(question));
    return state?.isInvalidated ? undefined : state?.data;
  });
}

/** Keeps what the service said of a document's SQL. */
export function rememberDescribed(
  { document, columns }: Answered,
  known: ReadonlyMap<string, Knowledge>,
  queries: QueryClient,
): void {
  answerQuestions(document, new Map(known), (nodeId, question) => {
    const given = columns[nodeId]?.['out'];
    if (!given) return undefined;
    const found: Knowledge = { state: 'found', columns: given };
    const key = keyOf(question);
    queries.setQueryDefaults(key, { gcTime: KEPT_MS });
    queries.setQueryData(key, found);
    return found;
  });
}

function answerQuestions(
  document: WorkflowDocument,
  known: Map<string, Knowledge>,
  answer: (nodeId: string, question: Described) => Knowledge | undefined,
): Map<string, Knowledge> {
  for (let round = 0; round < ROUNDS; round++) {
    const before = known.size;
    for (const { nodeId, question } of questionsOf(document, { known })) {
      const found = question.kind === 'describe' ? answer(nodeId, question) : undefined;
      if (found) known.set(nodeId, found);
    }
    if (known.size === before) break;
  }
  return known;
}
