import { SOURCE_KINDS } from '@snowflow/contracts/catalog/catalog.dto';
import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import { nameOf, partsOf } from '@snowflow/contracts/policies/qualified-name';
import { POLICY_NAMES, type PolicyName, type TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { definitions } from '@snowflow/nodes/definitions';

/** What a policy's list may name: each as it is kept, or why it can't be. */
type Reading = { kept: string } | { fault: string };

const READERS: Readonly<Record<PolicyName, (text: string) => Reading>> = {
  databases: (text) => objectName(text, 2, 'Write DB or DB.SCHEMA'),
  targets: (text) => objectName(text, 2, 'Write DB or DB.SCHEMA'),
  opaque: (text) => objectName(text, 3, 'Write DB, DB.SCHEMA or DB.SCHEMA.NAME'),
  kinds: (text) => oneOf(text, SOURCE_KINDS, `There are the kinds ${SOURCE_KINDS.join(', ')}`),
  nodeTypes: (text) => oneOf(text, [...definitions.keys()], `There is no node type “${text}”`),
  models: modelName,
};

/** Lists as they are kept, nothing twice. Throws VALIDATION with everything in them that is wrong. */
export function cleanPolicies(wanted: TenantPolicies): TenantPolicies {
  const errors: FieldError[] = [];
  const read = (policy: PolicyName): string[] | null => {
    const list = wanted[policy] ?? null;
    if (list?.length === 0)
      errors.push({ path: policy, message: 'An empty list would allow nothing: name something, or allow all' });
    const readings = list?.map((text) => READERS[policy](text.trim()));
    readings?.forEach((reading, index) => {
      if ('fault' in reading) errors.push({ path: `${policy}.${index}`, message: reading.fault });
    });
    return readings ? [...new Set(readings.flatMap((reading) => ('kept' in reading ? [reading.kept] : [])))] : null;
  };
  const lists = Object.fromEntries(POLICY_NAMES.map((policy) => [policy, read(policy)])) as Omit<
    TenantPolicies,
    'version'
  >;
  if (errors.length > 0) throw new AppError('VALIDATION', 'The policies were not saved: some cannot be.', { errors });
  return { version: wanted.version, ...lists };
}

function objectName(text: string, most: number, hint: string): Reading {
  const parts = partsOf(text, { fold: true });
  if (!parts || parts.length > most || parts.some((part) => part.length > 255)) {
    return {
      fault: `“${text.slice(0, 60)}” is no such name. ${hint}, with names in double quotes where they need them`,
    };
  }
  return { kept: nameOf(parts) };
}

function oneOf(text: string, all: readonly string[], fault: string): Reading {
  return all.includes(text) ? { kept: text } : { fault };
}

function modelName(text: string): Reading {
  if (/^[\w.:/@-]{1,200}\*?$/.test(text)) return { kept: text.toLowerCase() };
  return { fault: 'Write the name of a model, or its beginning and *' };
}
