import { FreeObject, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';

const POINT_KINDS = ['column', 'field', 'rows', 'order', 'table', 'target', 'unknown'] as const;
const EDGE_KINDS = ['value', 'influence'] as const;
type EdgeKind = (typeof EDGE_KINDS)[number];

export class LineageColumn {
  @Text({ max: 64 }) nodeId: string;
  @Text() column: string;
}

export class LineageRequest {
  @FreeObject() definition: Record<string, unknown>;
  @Nested(() => LineageColumn, { optional: true, description: 'A column to be told about in full' }) of?: LineageColumn;
}

/** A column of a table; without one, which rows the table has. */
export class TableColumnView {
  @Text({ nullable: true, description: 'null: that of the session, where it has none' }) database: string | null;
  @Text({ nullable: true }) schema: string | null;
  @Text() table: string;
  @Text({ nullable: true, description: 'null: which rows the table has' }) column: string | null;
}

export class LineagePointView {
  @OneOf(POINT_KINDS, {
    description:
      'A column or a field of the value that a node gives, which rows it gives or in what order, a column that it reads from a table (`table`) or writes into one (`target`), or what can’t be told',
  })
  kind: (typeof POINT_KINDS)[number];
  @Text({ max: 64 }) nodeId: string;
  @Text({ optional: true, description: 'Of a column or field' }) name?: string;
  @Nested(() => TableColumnView, { optional: true, description: 'Of `table` and `target`' }) table?: TableColumnView;
  @Text({ optional: true, max: 1_000, description: 'Of `unknown`' }) why?: string;
}

export class LineageEdgeView {
  @Nested(() => LineagePointView) from: LineagePointView;
  @Nested(() => LineagePointView) to: LineagePointView;
  @OneOf(EDGE_KINDS, { description: '`value`: made of it; `influence`: decided by it' }) kind: EdgeKind;
}

export class ReachedPointView {
  @Nested(() => LineagePointView) point: LineagePointView;
  @OneOf(EDGE_KINDS, { description: '`value` where it is made of it all the way' }) kind: EdgeKind;
}

export class ColumnOriginsView {
  @Text() column: string;
  @Nested(() => TableColumnView, { many: true, max: 10_000, description: 'What it is made of' })
  values: TableColumnView[];
  @Nested(() => TableColumnView, { many: true, max: 10_000, description: 'What else decides what it comes to' })
  influences: TableColumnView[];
  @Texts({ description: 'What can’t be told; then the lists may not be all' }) unknown: string[];
}

export class NodeLineageView {
  @Text({ max: 64 }) nodeId: string;
  @Texts({ max: 10_000 }) columns: string[];
  @Nested(() => ColumnOriginsView, { many: true, max: 10_000, description: 'Of nodes that nothing reads' })
  origins: ColumnOriginsView[];
}

/** One column, all the way back and all the way on. */
export class ColumnLineageView extends ColumnOriginsView {
  @Nested(() => ReachedPointView, { many: true, max: 100_000 }) comesFrom: ReachedPointView[];
  @Nested(() => ReachedPointView, { many: true, max: 100_000 }) goesInto: ReachedPointView[];
}

/** Besides its edges, every column depends on which rows its node gives and, where it is shown, in what order. */
export class LineageReply {
  @Nested(() => NodeLineageView, { many: true, max: 2_000 }) nodes: NodeLineageView[];
  @Nested(() => LineageEdgeView, { many: true, max: 100_000 }) edges: LineageEdgeView[];
  @Nested(() => ColumnLineageView, { optional: true, description: 'Of the column asked about' }) of?: ColumnLineageView;
}

export class ColumnUsesQuery {
  @Text() database: string;
  @Text() schema: string;
  @Text() table: string;
  @Text({ optional: true, description: 'Without it any column of the table' }) column?: string;
}

/** A column that ends in an output, and the table it is written to, where it is. */
export class ColumnUseView {
  @Text({ max: 64 }) nodeId: string;
  @Text({ min: 0 }) label: string;
  @Text() column: string;
  @OneOf(EDGE_KINDS) kind: EdgeKind;
  @Nested(() => TableColumnView, { nullable: true }) target: TableColumnView | null;
}

export class WorkflowUsesView {
  @Text() id: string;
  @Text() name: string;
  @Whole({ min: 1 }) revision: number;
  @Nested(() => ColumnUseView, { many: true, max: 10_000 }) uses: ColumnUseView[];
}

export class ColumnUsesReply {
  @Nested(() => WorkflowUsesView, { many: true }) workflows: WorkflowUsesView[];
  @Whole({ description: 'Workflows that name the table and could not be looked at' }) unread: number;
}
