import type { AskedValue, TemplateCategory } from '@snowflow/contracts/documents/template-terms';
import { answer, client } from './client';
import type { components } from './generated/schema';
import type { Page } from './types';

type Schemas = components['schemas'];

export type TemplateSummary = Schemas['TemplateSummaryView'];
export type Template = Omit<Schemas['TemplateView'], 'ask'> & { ask: TemplateAsk[] };
export type TemplateAsk = Omit<Schemas['TemplateAskView'], 'value'> & { value?: AskedValue };
export type NewTemplate = Schemas['NewTemplate'];
export type TemplateValues = Record<string, AskedValue>;

export const fetchTemplates = async (
  search: string,
  category: TemplateCategory | undefined,
  cursor: string | null,
  signal: AbortSignal,
) => {
  const query = {
    ...(search ? { search } : {}),
    ...(category ? { category } : {}),
    ...(cursor === null ? {} : { cursor }),
  };
  return (await answer(client.GET('/api/v1/templates', { params: { query }, signal }))) as Page<TemplateSummary>;
};

export const fetchTemplate = async (id: string, signal: AbortSignal) =>
  (await answer(client.GET('/api/v1/templates/{id}', { params: { path: { id } }, signal }))) as Template;

export const createTemplate = (body: NewTemplate) => answer(client.POST('/api/v1/templates', { body }));

export const deleteTemplate = (id: string) =>
  answer(client.DELETE('/api/v1/templates/{id}', { params: { path: { id } } }));

/** Sent again with the same key, it makes no second workflow. */
export const applyTemplate = (id: string, key: string, name: string, values: TemplateValues) =>
  answer(
    client.POST('/api/v1/templates/{id}/use', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { ...(name ? { name } : {}), values },
    }),
  );
