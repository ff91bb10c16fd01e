import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { TakenOut, TemplateAsk, TemplateCalled } from '@snowflow/contracts/workflow/templates.dto';
import type { FoundNeed } from './template-needs';

/** What a template is made of, wherever it is kept. */
export interface TemplateContents {
  definition: WorkflowDocument;
  /** What it calls; none of them calls one that stands behind it. */
  calls: readonly TemplateCalled[];
  ask: readonly TemplateAsk[];
  takenOut: readonly TakenOut[];
  /** How what it needs is made where an account has it not. */
  statementFor?: (need: FoundNeed) => string | undefined;
}

/** All of its documents, those that are called first. */
export const documentsOf = ({ calls, definition }: Pick<TemplateContents, 'calls' | 'definition'>) => [
  ...calls.map((one) => one.definition),
  definition,
];
