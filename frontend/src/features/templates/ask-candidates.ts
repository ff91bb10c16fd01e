import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';

/** Fields of a node's config that others fill in with names of their own account. */
const FIELDS: Readonly<Record<string, string>> = {
  database: 'Database',
  schema: 'Schema',
  table: 'Table',
  view: 'Semantic view',
  service: 'Search service',
  model: 'Model',
  approvers: 'Who may approve',
};

export interface AskCandidate {
  path: string;
  label: string;
}

/** What a template of the workflow may ask for when it is used: its parameters, and names that its nodes have. */
export function askCandidates({ parameters, nodes }: WorkflowDocument): AskCandidate[] {
  const fields = nodes.flatMap(({ id, label, config }) =>
    Object.entries(FIELDS)
      .filter(([field]) => typeof config[field] === 'string' || Array.isArray(config[field]))
      .map(([field, title]) => ({ path: `nodes.${id}.config.${field}`, label: `${label || id}: ${title}` })),
  );
  return [
    ...parameters.map(({ name, description }) => ({ path: `parameters.${name}`, label: description || name })),
    ...fields,
  ];
}
