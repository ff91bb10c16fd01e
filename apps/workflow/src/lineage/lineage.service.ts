import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { LineageReply, LineageRequest } from '@snowflow/contracts/workflow/lineage.dto';
import type { LineageReader } from '@snowflow/engine/lineage/follow-lineage';
import { CurrentSession } from '../validation/current-session';
import { PlanningService } from '../validation/planning.service';
import { parseDocument } from '../workflows/parse-document';
import { GraphLineage } from './graph-lineage';
import { lineageView } from './lineage-view';

const MOST_EDGES = 50_000;

/** Says where the columns of a document come from, as far as the present person may know the tables it reads. */
@Injectable()
export class LineageService {
  constructor(
    private readonly planning: PlanningService,
    private readonly graphs: GraphLineage,
    private readonly session: CurrentSession,
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
    return this.graphs.of(graph, context);
  }
}
