import { SOURCE_KINDS } from '@snowflow/contracts/catalog/catalog.dto';
import { AppError, type FieldError } from '@snowflow/contracts/errors/app-error';
import { nameOf, partsOf } from '@snowflow/contracts/policies/qualified-name';
import type { SavePoliciesRequest } from '@snowflow/contracts/auth/policies.dto';
import {
  POLICY_NAMES,
  type PolicyLists,
  type PolicyName,
  type RolePolicies,
  type TenantPolicies,
  WRITE_MODES,
} from '@snowflow/contracts/policies/tenant-policies';
import { definitions } from '@snowflow/nodes/definitions';

/** What a policy's list may name: each as it is kept, or why it can't be. */
type Reading = { kept: string } | { fault: string };
type Reader = (text: string) => Reading;

const READERS: Readonly<Record<PolicyName, Reader>> = {
  databases: (text) => objectName(text, 2, 'Write DB or DB.SCHEMA'),
  targets: (text) => objectName(text, 2, 'Write DB or DB.SCHEMA'),
  opaque: (text) => objectName(text, 3, 'Write DB, DB.SCHEMA or DB.SCHEMA.NAME'),
  kinds: (text) => oneOf(text, SOURCE_KINDS, `There are the kinds ${SOURCE_KINDS.join(', ')}`),
  nodeTypes: (text) => oneOf(text, [...definitions.keys()], `There is no node type “${text}”`),
  models: modelName,
  writeModes: (text) => oneOf(text, WRITE_MODES, `Tables are written by ${WRITE_MODES.join(', ')}`),
};

/** Policies as they are kept: lists in one spelling, nothing twice. Throws VALIDATION with everything in them that is wrong. */
export function cleanPolicies(wanted: SavePoliciesRequest): TenantPolicies {
  const errors: FieldError[] = [];
  const read = (path: string, list: string[] | null, reader: Reader): string[] | null => {
    if (list?.length === 0)
      errors.push({ path, message: 'An empty list would allow nothing: name something, or allow all' });
    return list && readAll(path, list, reader, errors);
  };
  const lists = Object.fromEntries(
    POLICY_NAMES.map((name) => [name, read(name, wanted[name] ?? null, READERS[name])]),
  ) as Record<PolicyName, string[] | null>;
  const byRole = (wanted.byRole ?? []).map(({ role, ...own }, index): RolePolicies => {
    const named = POLICY_NAMES.filter((name) => own[name] !== undefined);
    const path = `byRole.${index}`;
    if (wanted.byRole?.some((other, before) => before < index && other.role === role))
      errors.push({ path: `${path}.role`, message: `There are two lists for ${role}` });
    const readings = named.map((name) => [name, read(`${path}.${name}`, own[name] ?? null, READERS[name])]);
    return { role, ...(Object.fromEntries(readings) as Partial<PolicyLists>) };
  });
  const { version, guardedRoles = null, publishApproval = false } = wanted;
  // An empty list of these guards nothing, which a tenant may want.
  const guarded = guardedRoles && readAll('guardedRoles', guardedRoles, roleName, errors);
  if (errors.length > 0) throw new AppError('VALIDATION', 'The policies were not saved: some cannot be.', { errors });
  return { version, ...lists, byRole, guardedRoles: guarded, publishApproval };
}

function readAll(path: string, list: readonly string[], reader: Reader, errors: FieldError[]): string[] {
  const readings = list.map((text) => reader(text.trim()));
  readings.forEach((reading, index) => {
    if ('fault' in reading) errors.push({ path: `${path}.${index}`, message: reading.fault });
  });
  return [...new Set(readings.flatMap((reading) => ('kept' in reading ? [reading.kept] : [])))];
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

function roleName(text: string): Reading {
  const parts = partsOf(text, { fold: true });
  const [name = ''] = parts ?? [];
  if (parts?.length === 1 && name.length <= 255) return { kept: name };
  return { fault: `“${text.slice(0, 60)}” is no name of a role. Put it in double quotes where it needs them` };
}
