import type { ImportNeed } from '../../api/transfer';

const LOOKED_UP = {
  found: 'It is there. Leave it empty to keep it',
  missing: 'Your role does not find it here',
  unknown: 'It could not be looked up. Leave it empty to keep it',
  open: 'Still to be chosen',
};
const OPEN = { ...LOOKED_UP, open: 'It stayed at home. Leave it empty to give it later' };

const FIELDS = {
  database: { group: 'databases', label: 'Database', hints: LOOKED_UP },
  schema: { group: 'schemas', label: 'Schema', hints: LOOKED_UP },
  table: { group: 'tables', label: 'Table', hints: LOOKED_UP },
  warehouse: { group: 'warehouses', label: 'Warehouse', hints: LOOKED_UP },
  approver: { group: 'approvers', label: 'Approver', hints: LOOKED_UP },
  credential: { group: 'credentials', label: 'Credential', hints: OPEN },
  secret: { group: 'secrets', label: 'Secret', hints: OPEN },
  workflow: { group: 'workflows', label: 'Workflow', hints: OPEN },
} as const;

/** How a need is asked for: its group in the mapping and the words of its field. */
export const fieldOf = (kind: ImportNeed['kind']) => FIELDS[kind];
