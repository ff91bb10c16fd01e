import { Flag, FreeObject, Nested, OneOf, Text, Texts, Whole } from '../dto/fields';
import { MOST_REVISIONS } from './revisions.dto';

export const TRANSFER_FORMATS = ['json', 'yaml'] as const;
export type TransferFormatName = (typeof TRANSFER_FORMATS)[number];

/** Most workflows that are named for one file; those that they call come on top. */
const MOST_EXPORTED = 100;
const MOST_CHARACTERS = 52_428_800;

export class ExportRequest {
  @Texts({ max: MOST_EXPORTED, description: 'Ids of workflows' }) ids: string[];
  @OneOf(TRANSFER_FORMATS, { optional: true, description: 'json where it is not given' }) format?: TransferFormatName;
  @Flag({ optional: true, description: 'Whether the workflows that they call travel with them' }) called?: boolean;
  @Flag({ optional: true, description: 'false: the rows that people typed into Values stay at home' }) values?: boolean;
}

/** Of one workflow, its revision may be said. */
export class ExportOneRequest extends ExportRequest {
  @Whole({ optional: true, min: 1, max: MOST_REVISIONS }) revision?: number;
}

/** The text of a file and the name that it is offered under. */
export interface ExportReply {
  text: string;
  fileName: string;
  format: TransferFormatName;
}

/** As a query: words instead of flags. */
export class ExportQuery {
  @OneOf(TRANSFER_FORMATS, { optional: true }) format?: TransferFormatName;
  @Whole({ optional: true, min: 1, max: MOST_REVISIONS, description: 'Without it, what was saved last' })
  revision?: number;
  @OneOf(['true', 'false'], { optional: true, description: 'true: the workflows that it calls travel with it' })
  called?: 'true' | 'false';
  @OneOf(['true', 'false'], { optional: true, description: 'false: the rows that people typed into Values stay' })
  values?: 'true' | 'false';
}

export class ImportRequest {
  @Text({ max: MOST_CHARACTERS, description: 'The text of the file: JSON or YAML' }) content: string;
  @Flag({ optional: true, description: 'Tells what would become of it, and makes nothing' }) dryRun?: boolean;
  @FreeObject({
    optional: true,
    description:
      'What stands for what here: { databases, schemas, tables, warehouses, approvers, credentials, secrets, workflows }, each an object of names',
  })
  mapping?: Record<string, unknown>;
}

export class ImportQuery {
  @OneOf(['true', 'false'], { optional: true, description: 'Of a body that is the file itself' })
  dryRun?: 'true' | 'false';
}

export class FieldProblemView {
  @Text({ description: 'Dotted, within the settings of the node' }) path: string;
  @Text({ max: 1000 }) message: string;
}

export class ImportedNodeView {
  @Text() nodeId: string;
  @Text({ min: 0 }) label: string;
  @Text() type: string;
  @OneOf(['taken', 'changed', 'dropped']) outcome: 'taken' | 'changed' | 'dropped';
  @Texts({ description: 'Why it is not as it was' }) reasons: string[];
  @Nested(() => FieldProblemView, { many: true, description: 'What could not be understood' })
  problems: FieldProblemView[];
}

export class ImportedWorkflowView {
  @Text({ description: 'Its name within the file' }) key: string;
  @Text({ description: 'The name it has here: one that is taken gets a number' }) name: string;
  @Text({ nullable: true, description: 'null after a dry run' }) id: string | null;
  @Texts() notes: string[];
  @Nested(() => ImportedNodeView, { many: true, max: 2000 }) nodes: ImportedNodeView[];
}

export class NeedUseView {
  @Text() key: string;
  @Text({ min: 0, description: 'Empty: of the workflow as a whole' }) nodeId: string;
}

const NEEDS = ['database', 'schema', 'table', 'warehouse', 'approver', 'credential', 'secret', 'workflow'] as const;

export class ImportNeedView {
  @OneOf(NEEDS) kind: (typeof NEEDS)[number];
  @Text({ max: 1000, description: 'As the file names it; the name to map' }) name: string;
  @Text({ max: 1000, nullable: true, description: 'What it is mapped to; of a secret nothing is said' })
  mappedTo: string | null;
  @OneOf(['found', 'missing', 'unknown', 'open'], {
    description: 'Whether it is there for this role; open: it has to be mapped',
  })
  state: 'found' | 'missing' | 'unknown' | 'open';
  @Nested(() => NeedUseView, { many: true, max: 10_000 }) usedBy: NeedUseView[];
}

export class ImportReportView {
  @Flag() dryRun: boolean;
  @OneOf(['snowflow', 'document', 'earlier'], { description: 'What kind of file it is' })
  format: 'snowflow' | 'document' | 'earlier';
  @Nested(() => ImportedWorkflowView, { many: true }) workflows: ImportedWorkflowView[];
  @Nested(() => ImportNeedView, { many: true, max: 10_000 }) needs: ImportNeedView[];
}
