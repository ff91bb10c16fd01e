import type { WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import { SQL_FIELDS } from './named-fields';
import { placeholder } from './placeholders';
import { hideInAddress } from './secret-address';
import { isOnlyTemplates, isOpenHeader, namesSecret } from './secret-names';
import { hideInText } from './secret-text';
import type { TransferWorkflow } from './transfer-file';

const ADDRESS_FIELDS: ReadonlySet<string> = new Set(['url', 'server', 'endpoint']);
/** What names a value that stands beside it. */
const NAMING = ['name', 'label', 'key', 'column', 'field'] as const;
const NAMED = ['value', 'default'] as const;

type Fields = Record<string, unknown>;

/**
 * A workflow without the secrets that it holds, each replaced by a placeholder that says where it was. Results that are pinned belong to
 * a run and stay out altogether. `credentials` gives each stored credential its name in the file.
 */
export function hideSecrets(workflow: TransferWorkflow, credentials: (id: string) => string): TransferWorkflow {
  const hider = new Hider(workflow.key, credentials);
  return {
    ...workflow,
    name: hider.text(workflow.name, 'name').slice(0, 200),
    description: hider.text(workflow.description, 'description'),
    parameters: workflow.parameters.map((parameter, at) => {
      const { default: given, ...rest } = hider.fields(parameter, `parameters.${at}`) as typeof parameter;
      const isGiven = given !== undefined && (parameter.type === 'string' || given === parameter.default);
      return isGiven ? { ...rest, default: given } : rest;
    }),
    nodes: workflow.nodes.map((node) => hider.node(node)),
    notes: workflow.notes.map((note) => ({ ...note, text: hider.text(note.text, `notes.${note.id}`) })),
    groups: workflow.groups.map((group) => ({ ...group, name: hider.text(group.name, `groups.${group.id}`) })),
  };
}

class Hider {
  private readonly taken = new Map<string, number>();

  constructor(
    private readonly workflow: string,
    private readonly credentials: (id: string) => string,
  ) {}

  node(node: WorkflowNode): WorkflowNode {
    const { pinned: _, ...config } = node.config;
    const isWebhook = node.type === 'output.notification';
    const open = node.type === 'source.values' ? this.withoutSecretColumns(config, node.id) : config;
    return {
      ...node,
      label: this.text(node.label, `${node.id}.label`).slice(0, 200),
      config: this.fields(open, node.id, isWebhook),
    };
  }

  text(text: string, path: string, isSql = false): string {
    return hideInText(text, () => this.placeholder(path), isSql);
  }

  fields(fields: Fields, path: string, isWebhook = false): Fields {
    const name = NAMING.map((key) => fields[key]).find((one) => typeof one === 'string');
    const isHeader = /(?:^|\.)headers\.\d+$/.test(path);
    const isSecret = typeof name === 'string' && (isHeader ? !isOpenHeader(name) : namesSecret(name));
    return Object.fromEntries(
      Object.entries(fields).map(([key, value]) => {
        const here = `${path}.${key}`;
        const isNamed = isSecret && NAMED.some((one) => one === key);
        return [key, isNamed || namesSecret(key) ? this.whole(value, here) : this.value(value, key, here, isWebhook)];
      }),
    );
  }

  private value(value: unknown, key: string, path: string, isWebhook: boolean): unknown {
    if (typeof value === 'string') return this.string(value, key, path, isWebhook);
    if (Array.isArray(value)) return value.map((item, at) => this.value(item, key, `${path}.${at}`, isWebhook));
    return isFields(value) ? this.fields(value, path, isWebhook) : value;
  }

  private string(text: string, key: string, path: string, isWebhook: boolean): string {
    if (key === 'credentialId') return placeholder('credential', this.credentials(text));
    const isAddress = ADDRESS_FIELDS.has(key);
    const shown = isAddress ? hideInAddress(text, () => this.placeholder(path), isWebhook) : text;
    return this.text(shown, path, SQL_FIELDS.has(key));
  }

  /** All texts and numbers of something that is named as a secret. */
  private whole(value: unknown, path: string): unknown {
    if (path.endsWith('.credentialId') && typeof value === 'string') {
      return placeholder('credential', this.credentials(value));
    }
    if (typeof value === 'string') return isOnlyTemplates(value) ? value : this.placeholder(path);
    if (typeof value === 'number') return this.placeholder(path);
    if (Array.isArray(value)) return value.map((item, at) => this.whole(item, `${path}.${at}`));
    if (!isFields(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.whole(inner, `${path}.${key}`)]));
  }

  private withoutSecretColumns(config: Fields, nodeId: string): Fields {
    const { columns, rows } = config;
    if (!Array.isArray(columns) || !Array.isArray(rows)) return config;
    const secret = columns.map((one) => isFields(one) && typeof one['name'] === 'string' && namesSecret(one['name']));
    if (!secret.includes(true)) return config;
    const shown = rows.map((row: unknown, at) =>
      Array.isArray(row)
        ? row.map((cell, column) => (secret[column] ? this.whole(cell, `${nodeId}.rows.${at}.${column}`) : cell))
        : row,
    );
    return { ...config, rows: shown };
  }

  private placeholder(path: string): string {
    const name = `${this.workflow}.${path}`.replaceAll(/[^A-Za-z0-9_.-]/g, '-').slice(0, 280);
    const count = (this.taken.get(name) ?? 0) + 1;
    this.taken.set(name, count);
    return placeholder('secret', count === 1 ? name : `${name}.${count}`);
  }
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
