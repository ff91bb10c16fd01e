import { TEMPLATE_CATEGORIES, type TemplateCategory } from '@snowflow/contracts/documents/template-terms';

export const CATEGORY_NAMES: Readonly<Record<TemplateCategory, string>> = {
  insight: 'Customer insight',
  pipelines: 'Data pipelines',
  agents: 'Agents and search',
  operations: 'Operations',
};

/** The category of an address; undefined for none, and for one that there is not. */
export const categoryIn = (text: string | null): TemplateCategory | undefined =>
  TEMPLATE_CATEGORIES.find((one) => one === text);
