import type { Problem } from '@snowflow/contracts/documents/problem';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { answer, client } from './client';
import type { components } from './generated/schema';

type Schemas = components['schemas'];
export type Budget = Schemas['RunBudgetDto'];
export type BudgetInForce = Schemas['BudgetView'];
export type StatementPreview = Omit<Schemas['StatementPreview'], 'problem'> & { problem?: Problem };
export type CostPreview = Omit<Schemas['PreviewReply'], 'statements'> & { statements: StatementPreview[] };

/** What a run of the document would take at most. Nothing is run for it. */
export const previewCost = async (definition: WorkflowDocument, signal: AbortSignal) =>
  (await answer(client.POST('/api/v1/workflows/preview', { body: { definition }, signal }))) as CostPreview;

export const fetchBudget = (id: string, signal: AbortSignal): Promise<BudgetInForce> =>
  answer(client.GET('/api/v1/workflows/{id}/budget', { params: { path: { id } }, signal }));

export const saveBudget = (id: string, body: Budget): Promise<BudgetInForce> =>
  answer(client.PUT('/api/v1/workflows/{id}/budget', { params: { path: { id } }, body }));
