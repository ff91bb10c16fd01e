import type { ColumnType, JSONColumnType } from 'kysely';
import type { TemplateCategory } from '@snowflow/contracts/documents/template-terms';
import type { TemplateContents } from './template-contents';

type Moment = ColumnType<Date, Date | undefined, Date>;

/** What of a template is kept as one text. */
export type StoredContents = Omit<TemplateContents, 'statementFor'>;

export interface TemplatesTable {
  tenant_id: string;
  id: string;
  maker_id: string;
  maker_name: string;
  name: string;
  description: string;
  category: TemplateCategory;
  tags: JSONColumnType<string[]>;
  contents: JSONColumnType<StoredContents>;
  created_at: Moment;
  updated_at: Moment;
}

export interface TemplatesTables {
  'workflow.templates': TemplatesTable;
}
