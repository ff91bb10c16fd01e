import type { WorkflowDocument, WorkflowNode } from '@snowflow/contracts/documents/workflow-document';
import { withoutLiterals } from './hidden-sql';

/** Keys of configs under which names of things stand, or words of a fixed list. What stands under any other may be a value. */
const NAMES = new Set(
  `database schema table column columns as left right groupBy partitionBy orderBy by on function operator direction nulls how mode match
  keys view format strategy onError type channel method workflowId model suffix`.split(/\s+/),
);
/** Lists whose items have names among their parts. */
const LISTS = new Set('columns groupBy measures conditions on by partitionBy orderBy functions keys routes'.split(' '));
const SQL = new Set(['sql', 'expression', 'having']);
const PLACEHOLDER = /\{value:(\d+)\}/g;
const WHOLE = /^\{value:(\d+)\}$/;

/** Takes the values out of a document before it leaves Snowflake, remembers them here alone, and puts them back into the answer. */
export class HiddenValues {
  private readonly originals: unknown[] = [];

  /** Names stay: of nodes' types, ports, tables, columns and parameters. Labels and notes are free text and are left out. */
  hide(document: WorkflowDocument): WorkflowDocument {
    return {
      ...document,
      name: 'Workflow',
      description: '',
      notes: [],
      groups: [],
      parameters: document.parameters.map(({ name, type, default: given }) => ({
        name,
        type,
        ...(given === undefined ? {} : { default: this.replace(given) }),
      })),
      nodes: document.nodes.map((node) => this.hideNode(node)),
    };
  }

  /** A value of JSON with its placeholders filled in. */
  putBack(value: unknown): unknown {
    if (typeof value === 'string') return this.fill(value);
    if (Array.isArray(value)) return value.map((one) => this.putBack(one));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, this.putBack(part)]));
  }

  private hideNode(node: WorkflowNode): WorkflowNode {
    const config = Object.entries(node.config).map(([key, part]) => [key, this.part(key, part)]);
    return { ...node, label: '', config: Object.fromEntries(config) };
  }

  private part(key: string, part: unknown): unknown {
    if (SQL.has(key) && typeof part === 'string') {
      return withoutLiterals(part, (literal) => this.replace(literal)) ?? this.replace(part);
    }
    if (typeof part === 'boolean' || part === null) return key === 'value' ? this.replace(part) : part;
    if (typeof part !== 'object') return NAMES.has(key) && typeof part === 'string' ? part : this.replace(part);
    if (Array.isArray(part)) return LISTS.has(key) ? part.map((one) => this.item(key, one)) : this.replace(part);
    return this.replace(part);
  }

  private item(key: string, item: unknown): unknown {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      return NAMES.has(key) && typeof item === 'string' ? item : this.replace(item);
    }
    // Of a column, a route, a field: it is what edges and other nodes say.
    const part = (name: string, of: unknown) => (name === 'name' && typeof of === 'string' ? of : this.part(name, of));
    return Object.fromEntries(Object.entries(item).map(([name, of]) => [name, part(name, of)]));
  }

  private replace(value: unknown): string {
    return `{value:${this.originals.push(value)}}`;
  }

  private fill(text: string): unknown {
    const whole = WHOLE.exec(text)?.[1];
    if (whole !== undefined && this.has(whole)) return this.original(whole);
    return text.replaceAll(PLACEHOLDER, (placeholder, number: string) =>
      this.has(number) ? textOf(this.original(number)) : placeholder,
    );
  }

  private has = (number: string) => Number(number) >= 1 && Number(number) <= this.originals.length;
  private original = (number: string) => this.originals[Number(number) - 1];
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** Whether a part of an answer still holds what stands for a hidden value. */
export const holdsHidden = (value: unknown): boolean => JSON.stringify(value).includes('{value:');
