import { nameField } from './fields';

/** The three names of a semantic view. */
export function semanticViewFields() {
  return {
    database: nameField({ widget: 'database', label: 'Database' }),
    schema: nameField({ widget: 'schema', label: 'Schema' }),
    view: nameField({ label: 'Semantic view', placeholder: 'SALES_MODEL' }),
  };
}
