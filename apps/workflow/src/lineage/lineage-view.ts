import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type {
  ColumnLineageView,
  ColumnOriginsView,
  LineageColumn,
  LineagePointView,
  LineageReply,
  ReachedPointView,
} from '@snowflow/contracts/workflow/lineage.dto';
import type { LineageReader, Reached } from '@snowflow/engine/lineage/follow-lineage';
import type { LineagePoint } from '@snowflow/engine/lineage/lineage-graph';

/** A workflow's lineage for whoever asked, with where the columns of its ends come from. */
export function lineageView(reader: LineageReader, document: WorkflowDocument, of?: LineageColumn): LineageReply {
  const read = new Set(document.edges.map(({ source }) => source));
  const nodes = [...reader.graph.columns].map(([nodeId, columns]) => ({
    nodeId,
    columns: [...columns],
    origins: read.has(nodeId) ? [] : columns.map((column) => originsView(reader, nodeId, column)),
  }));
  const edges = reader.graph.edges.map(({ from, to, kind }) => ({ from: pointView(from), to: pointView(to), kind }));
  return { nodes, edges, ...(of ? { of: columnView(reader, of) } : {}) };
}

function columnView(reader: LineageReader, { nodeId, column }: LineageColumn): ColumnLineageView {
  if (!reader.graph.columns.get(nodeId)?.includes(column)) {
    throw new AppError('VALIDATION', 'The workflow has no such column.', {
      errors: [{ path: 'of.column', message: `“${nodeId}” gives no column “${column}”, as far as is known` }],
    });
  }
  return {
    ...originsView(reader, nodeId, column),
    comesFrom: reader.originsOf(nodeId, column).path.map(reachedView),
    goesInto: reader.usesOf(nodeId, column).map(reachedView),
  };
}

function originsView(reader: LineageReader, nodeId: string, column: string): ColumnOriginsView {
  const { values, influences, unknown } = reader.originsOf(nodeId, column);
  return { column, values, influences, unknown };
}

const reachedView = ({ point, kind }: Reached): ReachedPointView => ({ point: pointView(point), kind });

function pointView(point: LineagePoint): LineagePointView {
  const { kind, nodeId } = point;
  if (point.kind === 'unknown') return { kind, nodeId, why: point.why };
  if ('table' in point) {
    const { database, schema, table, column } = point;
    return { kind, nodeId, table: { database, schema, table, column } };
  }
  return point.name === '' ? { kind, nodeId } : { kind, nodeId, name: point.name };
}
