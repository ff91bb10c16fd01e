import { nameOf } from './qualified-name';
import { POLICY_TITLES, type PolicyName, type TenantPolicies } from './tenant-policies';

/** A rule of the tenant that does not allow something. */
export interface Denial {
  policy: PolicyName;
  message: string;
}

/** Why the tenant does not let an object be read, as far as its name says; undefined where it does. */
export function deniedObject({ databases }: TenantPolicies, parts: readonly string[]): Denial | undefined {
  if (databases === null || isWithin(databases, parts)) return undefined;
  return denial('databases', nameOf(parts));
}

/** A database is shown as denied only where nothing in it is allowed. */
export function deniedDatabase({ databases }: TenantPolicies, database: string): Denial | undefined {
  const name = nameOf([database]);
  if (databases === null || databases.some((one) => one === name || one.startsWith(`${name}.`))) return undefined;
  return denial('databases', name);
}

export function deniedKind({ kinds }: TenantPolicies, kind: string): Denial | undefined {
  if (kinds === null || kinds.includes(kind)) return undefined;
  return denial('kinds', `a source of the kind ${kind}`);
}

export function deniedNodeType({ nodeTypes }: TenantPolicies, type: string): Denial | undefined {
  if (nodeTypes === null || nodeTypes.includes(type)) return undefined;
  return denial('nodeTypes', `nodes of type ${type}`);
}

/** Models have no upper and lower case. */
export function deniedModel({ models }: TenantPolicies, model: string): Denial | undefined {
  const name = model.toLowerCase();
  const isNamed = (one: string) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one);
  if (models === null || models.some(isNamed)) return undefined;
  return denial('models', `the model ${model}`);
}

/** A model that a statement names only when it runs. */
export function deniedUnnamedModel({ models }: TenantPolicies): Denial | undefined {
  return models === null ? undefined : denial('models', 'a model whose name is not written out');
}

/** What is written to is in an allowed database and in an allowed target. */
export function deniedTarget(policies: TenantPolicies, parts: readonly string[]): Denial | undefined {
  const { targets } = policies;
  if (targets !== null && !isWithin(targets, parts)) return denial('targets', `writing to ${nameOf(parts)}`);
  return deniedObject(policies, parts);
}

export function deniedWriteMode({ writeModes }: TenantPolicies, mode: string): Denial | undefined {
  if (writeModes === null || writeModes.includes(mode)) return undefined;
  return denial('writeModes', `writing by “${mode}”`);
}

/** What hides what it reads needs its own allowance, wherever it is, as soon as databases are restricted. */
export function deniedOpaque({ databases, opaque }: TenantPolicies, parts: readonly string[]): Denial | undefined {
  if (databases === null || isWithin(opaque ?? [], parts)) return undefined;
  return denial('opaque', `${nameOf(parts)}, which hides what it reads`);
}

/**
 * A function that is called without its schema may be any of that name, as the session's schema and search path have it, so an allowance of a
 * database or schema does not reach it: only its bare name does.
 */
export function deniedUnqualified({ databases, opaque }: TenantPolicies, name: string): Denial | undefined {
  const bare = nameOf([name]);
  if (databases === null || opaque?.includes(bare)) return undefined;
  return denial(
    'opaque',
    `the function ${bare} without its schema, which may hide what it reads: write DB.SCHEMA.${bare}`,
  );
}

const isWithin = (allowed: readonly string[], parts: readonly string[]) =>
  parts.some((_, index) => allowed.includes(nameOf(parts.slice(0, index + 1))));

function denial(policy: PolicyName, what: string): Denial {
  const message = `The policy “${POLICY_TITLES[policy]}” of this tenant does not allow ${what}. An owner or admin allows it in Settings, Policies.`;
  return { policy, message };
}
