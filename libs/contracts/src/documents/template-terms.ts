/** What templates are for, as the gallery parts them. */
export const TEMPLATE_CATEGORIES = ['insight', 'pipelines', 'agents', 'operations'] as const;
export type TemplateCategory = (typeof TEMPLATE_CATEGORIES)[number];

/** What a template takes as an answer to something that it asks. */
export type AskedValue = string | number | boolean | string[];
