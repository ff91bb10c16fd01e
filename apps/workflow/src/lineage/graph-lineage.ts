import { Inject, Injectable } from '@nestjs/common';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { LineageReader } from '@snowflow/engine/lineage/follow-lineage';
import { lineageOf } from '@snowflow/engine/lineage/lineage-of';
import { tablesNamed } from '@snowflow/engine/lineage/tables-named';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import type { KnownTable } from '@snowflow/engine/sql/trace/query-lineage';
import type { WorkflowGraph } from '@snowflow/engine/validate/workflow-graph';
import { KnowledgeService } from '../validation/knowledge.service';

/** Traces a graph to tables, with what the catalog tells of those that its SQL names. */
@Injectable()
export class GraphLineage {
  constructor(
    private readonly knowledge: KnowledgeService,
    @Inject(SqlParser) private readonly parser: SqlParser,
  ) {}

  async of(graph: WorkflowGraph, context: PinnedContext): Promise<LineageReader> {
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
