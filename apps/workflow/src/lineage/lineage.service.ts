import { Inject, Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { LineageReply, LineageRequest } from '@snowflow/contracts/workflow/lineage.dto';
import { LineageReader } from '@snowflow/engine/lineage/follow-lineage';
import { lineageOf } from '@snowflow/engine/lineage/lineage-of';
import { tablesNamed } from '@snowflow/engine/lineage/tables-named';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import type { KnownTable } from '@snowflow/engine/sql/trace/query-lineage';
import type { WorkflowGraph } from '@snowflow/engine/validate/workflow-graph';
import { CurrentSession } from '../validation/current-session';
import { KnowledgeService } from '../validation/knowledge.service';
import { PlanningService } from '../validation/planning.service';
import { parseDocument } from '../workflows/parse-document';
import { lineageView } from './lineage-view';

const MOST_EDGES = 50_000;

/** Says where the columns of a document come from, as far as the present person may know the tables it reads. */
@Injectable()
export class LineageService {
  constructor(
    private readonly planning: PlanningService,
    private readonly knowledge: KnowledgeService,
    private readonly session: CurrentSession,
    @Inject(SqlParser) private readonly parser: SqlParser,
  ) {}

  async trace({ definition, of }: LineageRequest): Promise<LineageReply> {
    const document = parseDocument(definition);
    const { context } = await this.session.require();
    const reader = await this.read(document, context);
    if (reader.graph.edges.length > MOST_EDGES) {
      throw new AppError('VALIDATION', 'The workflow is too large to be traced as a whole.', {
        errors: [{ path: 'definition', message: `Its columns have more than ${MOST_EDGES} connections` }],
      });
    }
    return lineageView(reader, document, of);
  }

  async read(document: WorkflowDocument, context: PinnedContext): Promise<LineageReader> {
    const graph = await this.planning.graphOf(document, context);
    if (!graph) throw new AppError('INTERNAL', 'A document that parses gave no graph');
    const tables = await this.tablesOf(graph, context);
    return new LineageReader(lineageOf(graph, { parser: this.parser, tables }));
  }

  /** Tables that SQL names, with their columns, where the catalog tells them. */
  private async tablesOf(graph: WorkflowGraph, context: PinnedContext): Promise<KnownTable> {
    const named = tablesNamed(graph, this.parser).map((parts) => ({
      key: JSON.stringify(parts),
      ...inFull(parts, context),
    }));
    const questions = named.flatMap(({ key, database, schema, name }) =>
      database === null || schema === null
        ? []
        : [{ nodeId: key, question: { kind: 'columns' as const, database, schema, name } }],
    );
    const answers = await this.knowledge.answers(questions, context);
    return (parts) => {
      const { database, schema } = inFull(parts, context);
      const known = answers.get(JSON.stringify(parts));
      const columns = known?.state === 'found' ? { columns: known.columns.map(({ name }) => name) } : {};
      return { database, schema, ...columns };
    };
  }
}

/** A name in the database and schema of the session, where it names none. */
function inFull(parts: readonly string[], context: PinnedContext) {
  const [name = '', schema = context.schema, database = context.database] = parts.toReversed();
  return { database, schema, name };
}
