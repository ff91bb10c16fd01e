import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import type { TakenOut } from '@snowflow/contracts/workflow/templates.dto';
import { hideSecrets, isFields } from '@snowflow/engine/transfer/hide-secrets';
import { placeholdersIn } from '@snowflow/engine/transfer/placeholders';
import { toDocument, toTransfer } from '@snowflow/engine/transfer/transfer-file';

type Config = Record<string, unknown>;

const PEOPLE = ['approvers', 'escalateTo'];
/** What calls by a text that is cut short would call something else. */
const ADDRESSES: ReadonlySet<string> = new Set(['url', 'server', 'endpoint']);

/**
 * The document without what is its maker's alone, and without what an export would hide as a secret; and what that was. Roles that may
 * approve stay, people do not. Within a text the placeholder stays, elsewhere the setting goes.
 */
export function withoutSecrets(document: WorkflowDocument): { definition: WorkflowDocument; takenOut: TakenOut[] } {
  const own = structuredClone(document);
  const people = own.nodes.flatMap(clearOwn);
  const { tags: _, ...hidden } = hideSecrets(toTransfer('template', own), () => 'stored');
  const definition = toDocument({ ...hidden, tags: [] });
  const { nodes, parameters, ...words } = definition;
  const secrets = [
    ...nodes.flatMap((node) => [
      ...inText(node.label, `nodes.${node.id}.label`),
      ...cutFrom(node.config, `nodes.${node.id}.config`),
    ]),
    ...parameters.flatMap((parameter) => cutFrom(parameter, `parameters.${parameter.name}`)),
    ...inText(words.name, 'name'),
    ...inText(words.description, 'description'),
    ...words.notes.flatMap(({ id, text }) => inText(text, `notes.${id}`)),
    ...words.groups.flatMap(({ id, name }) => inText(name, `groups.${id}`)),
  ];
  return { definition, takenOut: [...people, ...secrets] };
}

function clearOwn({ id, type, config }: WorkflowNode): TakenOut[] {
  const root = `nodes.${id}.config`;
  const own: TakenOut[] = [];
  if (config['pinned'] !== undefined) own.push(cut(config, 'pinned', root, 'pinned-result'));
  if (type === 'output.notification' && config['to'] !== undefined) own.push(cut(config, 'to', root, 'people'));
  return [...own, ...clearPeople(config, root)];
}

/** Of a config, and of the tools and agents in it. */
function clearPeople(config: Config, root: string): TakenOut[] {
  return Object.entries(config).flatMap(([field, value]) => {
    const here = `${root}.${field}`;
    if (isFields(value)) return clearPeople(value, here);
    if (!Array.isArray(value)) return [];
    if (!PEOPLE.includes(field)) {
      return value.flatMap((item: unknown, at) => (isFields(item) ? clearPeople(item, `${here}.${at}`) : []));
    }
    const roles = value.filter((one) => typeof one === 'string' && one.startsWith('role:'));
    if (roles.length === value.length) return [];
    config[field] = roles;
    return [{ path: here, kind: 'people' }];
  });
}

/** Takes out of fields what was hidden in them. */
function cutFrom(fields: Config, root: string): TakenOut[] {
  return Object.entries(fields).flatMap(([field, value]) => {
    if (typeof value === 'string') return cutText(fields, field, value, root);
    if (isFields(value)) return cutFrom(value, `${root}.${field}`);
    return Array.isArray(value) ? cutFromList(fields, field, value, root) : [];
  });
}

function cutText(fields: Config, field: string, text: string, root: string): TakenOut[] {
  if (placeholdersIn(text).length === 0) return [];
  if (field === 'credentialId') return [cut(fields, field, root, 'credential')];
  if (ADDRESSES.has(field)) return [cut(fields, field, root, 'address')];
  return isWhole(text) ? [cut(fields, field, root, 'secret')] : inText(text, `${root}.${field}`);
}

function cutFromList(fields: Config, field: string, list: readonly unknown[], root: string): TakenOut[] {
  const here = `${root}.${field}`;
  if (field === 'headers') {
    const open = list.filter((one) => !isFields(one) || placeholdersIn(String(one['value'])).length === 0);
    if (open.length === list.length) return [];
    fields[field] = open;
    return [{ path: here, kind: 'header' }];
  }
  return list.flatMap((item, at) => {
    const path = `${here}.${at}`;
    if (isFields(item)) return cutFrom(item, path);
    if (Array.isArray(item)) return cutFromList({ [at]: item }, String(at), item, here);
    return typeof item === 'string' ? inText(item, path) : [];
  });
}

const isWhole = (text: string) => /^<[a-z]+:[A-Za-z0-9_.-]+>$/.test(text);

const inText = (text: string, path: string): TakenOut[] =>
  placeholdersIn(text).length > 0 ? [{ path: path.slice(0, 400), kind: 'secret' }] : [];

function cut(config: Config, field: string, root: string, kind: TakenOut['kind']): TakenOut {
  delete config[field];
  return { path: `${root}.${field}`.slice(0, 400), kind };
}
