import { answer, client } from './client';
import type { components } from './generated/schema';

export type ImportReport = components['schemas']['ImportReportView'];
export type ImportNeed = components['schemas']['ImportNeedView'];
export type FileFormat = 'json' | 'yaml';
/** What stands for what, by kind of name. */
export type Mapping = Record<string, Record<string, string>>;

export interface ImportBody {
  content: string;
  dryRun: boolean;
  mapping: Mapping;
}

/** As a form, which may be larger than other requests. */
function formOf({ content, dryRun, mapping }: { content: string; dryRun?: boolean; mapping?: object }): FormData {
  const form = new FormData();
  form.set('file', new Blob([content]), 'workflows');
  form.set('dryRun', String(dryRun === true));
  form.set('mapping', JSON.stringify(mapping ?? {}));
  return form;
}

export const importWorkflows = (body: ImportBody, key?: string): Promise<ImportReport> =>
  answer(
    client.POST('/api/v1/workflows/import', {
      body,
      bodySerializer: formOf,
      ...(key === undefined ? {} : { headers: { 'Idempotency-Key': key } }),
    }),
  );

/** The text of a file. */
export const exportWorkflows = async (body: {
  ids: string[];
  format: FileFormat;
  called: boolean;
  values: boolean;
}): Promise<string> => {
  const text: unknown = await answer(client.POST('/api/v1/workflows/export', { body, parseAs: 'text' }));
  return typeof text === 'string' ? text : '';
};
