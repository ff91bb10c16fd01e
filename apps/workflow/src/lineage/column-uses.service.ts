import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { ColumnUsesQuery, ColumnUsesReply, ColumnUseView } from '@snowflow/contracts/workflow/lineage.dto';
import { currentPerson } from '@snowflow/transport/request-scope';
import { WorkflowStore } from '../database/workflow-store';
import { CurrentSession } from '../validation/current-session';
import { WorkflowsRepository } from '../workflows/workflows.repository';
import { LineageService } from './lineage.service';

/** Each is asked about in Snowflake, where its SQL has to be described. */
const MOST_WORKFLOWS = 50;

/** Finds what a column of a table goes into, over all saved workflows that the present person sees. */
@Injectable()
export class ColumnUsesService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly workflows: WorkflowsRepository,
    private readonly lineage: LineageService,
    private readonly session: CurrentSession,
  ) {}

  async find(query: ColumnUsesQuery): Promise<ColumnUsesReply> {
    const person = currentPerson();
    const { context, appRole } = await this.session.require();
    const saved = await this.store.statement(
      person.tenantId,
      this.workflows.naming({ ...person, appRole }, [asInJson(query.table)], MOST_WORKFLOWS + 1),
    );
    const reply: ColumnUsesReply = { workflows: [], unread: Math.max(0, saved.length - MOST_WORKFLOWS) };
    for (const { id, name, revision, definition } of saved.slice(0, MOST_WORKFLOWS)) {
      const uses = await this.usesIn(definition, context, query).catch(() => undefined);
      if (!uses) reply.unread += 1;
      else if (uses.length > 0) reply.workflows.push({ id, name, revision, uses });
    }
    return reply;
  }

  private async usesIn(document: WorkflowDocument, context: PinnedContext, query: ColumnUsesQuery) {
    const reader = await this.lineage.read(document, context);
    const read = new Set(document.edges.map(({ source }) => source));
    const labels = new Map(document.nodes.map(({ id, label }) => [id, label]));
    const impact = reader.impactOf(query);
    const targets = new Map(
      impact.flatMap(({ point }) =>
        point.kind === 'target' ? [[`${point.nodeId} ${point.column ?? ''}`, point]] : [],
      ),
    );
    return impact.flatMap(({ point, kind }): ColumnUseView[] => {
      if (point.kind !== 'column' || read.has(point.nodeId)) return [];
      const { nodeId, name: column } = point;
      const written = targets.get(`${nodeId} ${column}`);
      const target = written
        ? { database: written.database, schema: written.schema, table: written.table, column }
        : null;
      return [{ nodeId, label: labels.get(nodeId) ?? '', column, kind, target }];
    });
  }
}

/** A name as it stands in the text of a document. */
const asInJson = (name: string) => JSON.stringify(name).slice(1, -1);
