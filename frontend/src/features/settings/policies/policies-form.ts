import type { Policies } from '../../../api/policies';

/** One list to a field, one name to a line; empty allows everything, and of guarded roles it means the usual ones. */
export interface PoliciesValues extends Record<PolicyField, string> {
  publishApproval: boolean;
  /** Empty is as for everybody, EVERYTHING allows all. */
  byRole: Record<PolicedRole, Record<ListField, string>>;
}

/** Owners are not among them. */
export const POLICED_ROLES = ['admin', 'builder', 'viewer'] as const;
export type PolicedRole = (typeof POLICED_ROLES)[number];
/** What may differ by app role. */
export type ListField = Exclude<PolicyField, 'guardedRoles'>;
export const EVERYTHING = '*';

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
    hint: 'Secure views, semantic views and functions that may be used though nobody can look through them. A function is called with its schema then, or allowed by its bare name. Asked only where databases are restricted; empty allows none then.',
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

export const LIST_FIELDS = POLICY_FIELDS.flatMap((field) =>
  field.name === 'guardedRoles' ? [] : [{ ...field, name: field.name }],
);

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
    byRole: {
      admin: ofRole(policies, 'admin'),
      builder: ofRole(policies, 'builder'),
      viewer: ofRole(policies, 'viewer'),
    },
  };
}

function ofRole({ byRole }: Policies, role: PolicedRole): Record<ListField, string> {
  const own = byRole.find((one) => one.role === role);
  const text = (name: ListField) => (own?.[name] === null ? EVERYTHING : (own?.[name] ?? []).join('\n'));
  return {
    databases: text('databases'),
    targets: text('targets'),
    writeModes: text('writeModes'),
    opaque: text('opaque'),
    kinds: text('kinds'),
    nodeTypes: text('nodeTypes'),
    models: text('models'),
  };
}

/** The roles that have a list of their own, in the order in which they are sent. */
export function ownLists({ byRole }: Pick<PoliciesValues, 'byRole'>): Policies['byRole'] {
  return POLICED_ROLES.flatMap((role) => {
    const lists = LIST_FIELDS.flatMap(({ name }): [ListField, string[] | null][] => {
      const names = linesOf(byRole[role][name]);
      if (names.length === 0) return [];
      return [[name, names.length === 1 && names[0] === EVERYTHING ? null : names]];
    });
    return lists.length === 0 ? [] : [{ role, ...Object.fromEntries(lists) }];
  });
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export function fromForm(values: PoliciesValues, { version }: Pick<Policies, 'version'>): Policies {
  const list = (name: PolicyField) => {
    const names = linesOf(values[name]);
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
    byRole: ownLists(values),
  };
}

/** `databases.2` is of the field `databases`, `byRole.0.models.1` of the models of the first role that was sent. */
export function fieldOf(
  path: string,
  values: PoliciesValues,
): PolicyField | `byRole.${PolicedRole}.${ListField}` | undefined {
  const [first, index, list] = path.split('.');
  if (first !== 'byRole') return POLICY_FIELDS.find(({ name }) => name === first)?.name;
  const role = ownLists(values)[Number(index)]?.role;
  const name = LIST_FIELDS.find((field) => field.name === list)?.name;
  return role && name && `byRole.${role}.${name}`;
}
