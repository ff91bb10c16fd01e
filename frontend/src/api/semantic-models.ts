import type { SourceRef } from './catalog';
import { answer, client } from './client';
import type { components } from './generated/schema';

type Schemas = components['schemas'];

export type SemanticModelSummary = Schemas['SemanticModelView'];
export type SemanticModelDetail = Schemas['SemanticModelDetailView'];
export type SemanticProblem = Schemas['SemanticProblemView'];
export type AnalystAnswer = Schemas['AnalystAnswerView'];
export type SaveSemanticModel = Schemas['SaveSemanticModel'];

export const fetchSemanticModels = (search: string, cursor: string | null, signal: AbortSignal) =>
  answer(
    client.GET('/api/v1/catalog/semantic-models', {
      params: { query: { limit: 50, ...(search ? { search } : {}), ...(cursor === null ? {} : { cursor }) } },
      signal,
    }),
  );

export const fetchSemanticModel = (path: SourceRef, signal?: AbortSignal) =>
  answer(
    client.GET('/api/v1/catalog/semantic-models/{database}/{schema}/{name}', {
      params: { path },
      ...(signal && { signal }),
    }),
  );

export const validateSemanticModel = (yaml: string, signal: AbortSignal) =>
  answer(client.POST('/api/v1/catalog/semantic-models/validate', { body: { yaml }, signal }));

export const saveSemanticModel = (body: SaveSemanticModel) =>
  answer(client.POST('/api/v1/catalog/semantic-models', { body }));

export const askSemanticModel = (body: Schemas['AskSemanticModel']) =>
  answer(client.POST('/api/v1/catalog/semantic-models/ask', { body }));
