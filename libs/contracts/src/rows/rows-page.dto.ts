import { ApiProperty } from '@nestjs/swagger';
import type { Column } from '../documents/column';
import { Flag, Nested, Text, Whole } from '../dto/fields';

export class ResultColumnView implements Column {
  @Text() name: string;
  @Text({ description: "Snowflake's spelling, as NUMBER(38,2)" }) type: string;
  @Flag() nullable: boolean;
}

/** A page of a result. What a cell looks like is decided by its column's type, never by its value. */
export class RowsPageView {
  @Nested(() => ResultColumnView, { many: true }) columns: ResultColumnView[];
  @ApiProperty({ type: 'array', items: { type: 'array', items: {} } }) rows: unknown[][];
  @Whole({ description: "The whole result's" }) rowCount: number;
  @Text({ nullable: true, max: 2000 }) nextCursor: string | null;
}
