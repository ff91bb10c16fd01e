import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import type { TakenOut } from '@snowflow/contracts/workflow/templates.dto';

type Config = Record<string, unknown>;

const SECRET_HEADER = /auth|cookie|token|key|secret|signature|password/i;
const PEOPLE = ['approvers', 'escalateTo'];

/** The document without what is its maker's alone or a secret's, and what that was. Roles that may approve stay, people do not. */
export function withoutSecrets(document: WorkflowDocument): { definition: WorkflowDocument; takenOut: TakenOut[] } {
  const definition = structuredClone(document);
  return { definition, takenOut: definition.nodes.flatMap(clearNode) };
}

function clearNode({ id, type, config }: WorkflowNode): TakenOut[] {
  const root = `nodes.${id}.config`;
  const own: TakenOut[] = [];
  if (config['pinned'] !== undefined) own.push(cut(config, 'pinned', root, 'pinned-result'));
  if (type === 'output.notification') {
    if (config['to'] !== undefined) own.push(cut(config, 'to', root, 'people'));
    if (config['url'] !== undefined) own.push(cut(config, 'url', root, 'address'));
  }
  return [...own, ...clearCaller(config, root)];
}

/** A config, a tool or an agent: whatever calls something, or lets people decide. */
function clearCaller(caller: Config, root: string): TakenOut[] {
  const out: TakenOut[] = [];
  if (caller['credentialId'] !== undefined) out.push(cut(caller, 'credentialId', root, 'credential'));
  for (const field of ['url', 'server']) if (holdsSecret(caller[field])) out.push(cut(caller, field, root, 'address'));
  for (const field of PEOPLE) out.push(...clearPeople(caller, field, root));
  out.push(...clearHeaders(caller, root));
  for (const field of ['tools', 'agents']) {
    const list = caller[field];
    if (Array.isArray(list)) {
      list.forEach((item: unknown, index) => {
        if (isObject(item)) out.push(...clearCaller(item, `${root}.${field}.${index}`));
      });
    }
  }
  return out;
}

function clearPeople(caller: Config, field: string, root: string): TakenOut[] {
  const list = caller[field];
  if (!Array.isArray(list)) return [];
  const roles = list.filter((one) => typeof one === 'string' && one.startsWith('role:'));
  if (roles.length === list.length) return [];
  caller[field] = roles;
  return [{ path: `${root}.${field}`, kind: 'people' }];
}

function clearHeaders(caller: Config, root: string): TakenOut[] {
  const headers = caller['headers'];
  if (!Array.isArray(headers)) return [];
  const harmless = headers.filter((one) => !isObject(one) || !SECRET_HEADER.test(String(one['name'])));
  if (harmless.length === headers.length) return [];
  caller['headers'] = harmless;
  return [{ path: `${root}.headers`, kind: 'header' }];
}

/** A name, a password or a query may be one; what does not parse may hold anything. */
function holdsSecret(value: unknown): boolean {
  if (typeof value !== 'string' || value === '') return false;
  if (!URL.canParse(value)) return true;
  const { username, password, search, hash } = new URL(value);
  return [username, password, search, hash].some((part) => part !== '');
}

function cut(config: Config, field: string, root: string, kind: TakenOut['kind']): TakenOut {
  delete config[field];
  return { path: `${root}.${field}`, kind };
}

const isObject = (value: unknown): value is Config => typeof value === 'object' && value !== null;
