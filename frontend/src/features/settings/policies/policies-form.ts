import type { Policies } from '../../../api/policies';

/** One list to a field, one name to a line; empty allows everything, and of guarded roles it means the usual ones. */
export interface PoliciesValues extends Record<PolicyField, string> {
  publishApproval: boolean;
}

type PolicyField = Exclude<keyof Policies, 'version' | 'byRole' | 'publishApproval'>;

interface PolicyText {
  name: PolicyField;
  label: string;
  hint: string;
  placeholder: string;
}

export const POLICY_FIELDS: readonly PolicyText[] = [
  {
    name: 'databases',
    label: 'Databases and schemas',
    hint: 'DB or DB.SCHEMA. Checked on what Snowflake’s EXPLAIN resolves a statement to, not only on names.',
    placeholder: 'ANALYTICS\nRAW.PUBLIC',
  },
  {
    name: 'targets',
    label: 'Output targets',
    hint: 'DB or DB.SCHEMA in which workflows may write tables.',
    placeholder: 'ANALYTICS.SANDBOX',
  },
  {
    name: 'writeModes',
    label: 'Ways to write',
    hint: 'create, replace, append or merge.',
    placeholder: 'append\nmerge',
  },
  {
    name: 'opaque',
    label: 'Objects that hide what they read',
    hint: 'Secure views, semantic views and functions that may be used though nobody can look through them. Asked only where databases are restricted; empty allows none then.',
    placeholder: 'ANALYTICS.SHARED.CUSTOMER_VIEW',
  },
  {
    name: 'kinds',
    label: 'Kinds of sources',
    hint: 'table, view, dynamic-table, semantic-view, stage or search-service.',
    placeholder: 'table\nview',
  },
  {
    name: 'nodeTypes',
    label: 'Node types',
    hint: 'As the help of a node names them.',
    placeholder: 'source.table\nshape.filter\noutput.result',
  },
  {
    name: 'models',
    label: 'Models',
    hint: 'Names, or beginnings that end in *.',
    placeholder: 'claude-*\nllama3.3-70b',
  },
  {
    name: 'guardedRoles',
    label: 'Guarded roles',
    hint: 'Snowflake roles that do not run what others wrote where it writes or sends. Empty: ACCOUNTADMIN, SECURITYADMIN and ORGADMIN.',
    placeholder: 'ACCOUNTADMIN\nSECURITYADMIN',
  },
];

export function toForm(policies: Policies): PoliciesValues {
  const lines = (name: PolicyField) => (policies[name] ?? []).join('\n');
  return {
    databases: lines('databases'),
    targets: lines('targets'),
    opaque: lines('opaque'),
    kinds: lines('kinds'),
    nodeTypes: lines('nodeTypes'),
    models: lines('models'),
    writeModes: lines('writeModes'),
    guardedRoles: lines('guardedRoles'),
    publishApproval: policies.publishApproval,
  };
}

/** What differs by app role is handed on as it was read. */
export function fromForm(values: PoliciesValues, { version, byRole }: Pick<Policies, 'version' | 'byRole'>): Policies {
  const list = (name: PolicyField) => {
    const names = values[name]
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    return names.length === 0 ? null : names;
  };
  return {
    version,
    databases: list('databases'),
    targets: list('targets'),
    opaque: list('opaque'),
    kinds: list('kinds'),
    nodeTypes: list('nodeTypes'),
    models: list('models'),
    writeModes: list('writeModes'),
    guardedRoles: list('guardedRoles'),
    publishApproval: values.publishApproval,
    byRole,
  };
}

/** `databases.2` is of the field `databases`. */
export function fieldOf(path: string): PolicyField | undefined {
  return POLICY_FIELDS.find(({ name }) => name === path.split('.')[0])?.name;
}
