import { Injectable } from '@nestjs/common';
import { catalogContract, type CatalogClient } from '@snowflow/contracts/catalog/catalog.contract';
import type { ColumnsReply } from '@snowflow/contracts/catalog/catalog.dto';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { NodeQuestion } from '@snowflow/engine/validate/questions-of';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { CalledWorkflowsService } from './called-workflows.service';

/** Names in one request to the catalog. */
const BATCH = 200;

/** Asks Snowflake, through catalog and connection-manager, and the saved workflows what the nodes of a document need to have known. Nothing is run for it. */
@Injectable()
export class KnowledgeService {
  constructor(
    @InjectClient(catalogContract) private readonly catalog: CatalogClient,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly called: CalledWorkflowsService,
  ) {}

  async answers(questions: readonly NodeQuestion[], context: PinnedContext): Promise<Map<string, Knowledge>> {
    const columns = questions.flatMap(({ nodeId, question }) =>
      question.kind === 'columns' ? [{ nodeId, name: pick(question) }] : [],
    );
    const describes = questions.flatMap(({ nodeId, question }) =>
      question.kind === 'describe' ? [{ nodeId, sql: question.sql, binds: question.binds }] : [],
    );
    const calls = questions.flatMap(({ nodeId, question }) =>
      question.kind === 'workflow' ? [{ nodeId, call: question }] : [],
    );
    const [found, workflows, described] = await Promise.all([
      this.columnsOf(columns.map(({ name }) => name)),
      Promise.all(calls.map(async ({ nodeId, call }) => [nodeId, await this.called.knowledgeOf(call)] as const)),
      Promise.all(
        describes.map(
          async ({ nodeId, ...statement }) => [nodeId, await this.describe({ ...statement, context })] as const,
        ),
      ),
    ]);
    const known = columns.flatMap(({ nodeId }, index) => {
      const source = found[index];
      return source ? [[nodeId, source] as const] : [];
    });
    return new Map<string, Knowledge>([...known, ...workflows, ...described]);
  }

  private async columnsOf(
    sources: { database: string; schema: string; name: string }[],
  ): Promise<ColumnsReply['sources']> {
    const batches = Array.from({ length: Math.ceil(sources.length / BATCH) }, (_, index) =>
      this.catalog.columns({ sources: sources.slice(index * BATCH, (index + 1) * BATCH) }),
    );
    return (await Promise.all(batches)).flatMap((reply) => reply.sources);
  }

  /** A statement that Snowflake refuses is knowledge too; that nobody answers is not. */
  private async describe(statement: Parameters<ConnectionsClient['describe']>[0]): Promise<Knowledge> {
    try {
      const { columns, readOnly } = await this.connections.describe(statement);
      if (!readOnly) return { state: 'invalid', message: 'Snowflake does not take this for a query' };
      return { state: 'found', columns };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'SQL_FAILED') return { state: 'invalid', message: error.message };
      if (error.code === 'SOURCE_NOT_FOUND') return { state: 'missing' };
      if (error.code === 'SNOWFLAKE_ACCESS_DENIED') return { state: 'denied' };
      throw error;
    }
  }
}

const pick = ({ database, schema, name }: { database: string; schema: string; name: string }) => ({
  database,
  schema,
  name,
});
