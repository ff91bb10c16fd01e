import type { z } from 'zod';
import type { Column } from '@snowflow/contracts/documents/column';
import type { Problem } from '@snowflow/contracts/documents/problem';
import type { Denial } from '@snowflow/contracts/policies/policy-rules';
import type { WorkflowParameter } from '@snowflow/contracts/documents/workflow-document';
import type { LineageContext, NodeLineage } from './lineage';
import type { SqlFragment } from './sql/sql-fragment';

export const NODE_GROUPS = ['source', 'shape', 'logic', 'ai', 'output'] as const;
export type NodeGroup = (typeof NODE_GROUPS)[number];

/** What an edge carries. `either` takes both and gives on what it took (logic.condition). */
export type PortKind = 'relation' | 'value' | 'either';

export interface Port {
  id: string;
  kind: PortKind;
  /** Shown beside the port where a node has several. */
  label?: string;
  /** Takes any number of edges; without it a port takes one. */
  many?: boolean;
  /** It may stay without an edge. */
  optional?: boolean;
}

/** A field of the value that a node gives: later nodes name it as `{{ nodes.<id>.<name> }}`. */
export interface ValueField {
  name: string;
  type: ValueType;
}

/** Types of parameters, and `json` for what has parts. */
export type ValueType = 'string' | 'number' | 'boolean' | 'date' | 'timestamp' | 'json';

/** The columns of a relation, in order; undefined where they can't be known before Snowflake is asked. */
export type Columns = readonly Column[] | undefined;

/** The columns that reach each input port; a `many` port has one entry per edge, in document order of edges. */
export type InputColumns = Readonly<Record<string, readonly Columns[]>>;

/** What a definition's check may look at, besides its own config. Everything in it is known without I/O. */
export interface CheckContext {
  inputs: InputColumns;
  /** What reaches each input port; `either` where nothing says. */
  kinds: Readonly<Record<string, PortKind>>;
  /** Parameters of the workflow, and the fields of earlier nodes' values as `nodes.<id>.<field>`. */
  parameters: readonly { name: string; type: string }[];
  /** What is known of the node's own source or target (source.table, source.sql, output.table); undefined: not asked yet. */
  known: Knowledge | undefined;
}

/** What catalog or a describe-only statement said about the object or SQL a node names, or the service about a workflow. */
export type Knowledge =
  /** `kind`: of a source, as the catalog has it. */
  | { state: 'found'; columns: readonly Column[]; kind?: string }
  | { state: 'missing' }
  /** `by`: the rule of the tenant that denies it; else it is Snowflake. */
  | { state: 'denied'; by?: Denial }
  | { state: 'invalid'; message: string }
  | {
      state: 'workflow';
      name: string;
      parameters: readonly CallableParameter[];
      /** Where the calls that it makes lead: to an end, or not. */
      reach: 'ends' | 'itself' | 'too-deep' | 'too-many';
    };

/** A parameter of a workflow that is called; an optional one has a default. */
export interface CallableParameter {
  name: string;
  type: WorkflowParameter['type'];
  optional: boolean;
}

/** What has to be asked before a node can be checked fully: of Snowflake, or of saved workflows (without a revision: the published one). */
export type Question =
  | { kind: 'columns'; database: string; schema: string; name: string }
  /** `standIns`: some types in it only stand in for unknown ones, so it waits for whatever above may still become known. */
  | { kind: 'describe'; statement: SqlFragment; standIns?: boolean }
  | { kind: 'workflow'; workflowId: string; revision: number | null };

/** What a question may be made of. */
export type QuestionContext = Pick<CheckContext, 'inputs' | 'parameters'>;

/** A problem as a node reports it: the engine adds the node's id. */
export type NodeProblem = Omit<Problem, 'nodeId'>;

/** A place in a config where a person writes SQL; the engine checks them all alike. */
export interface SqlField {
  /** Dotted, relative to the config. */
  path: string;
  text: string;
  /**
   * `scalar`: one value per row; `aggregate`: one value over all rows (logic.condition, where ROW_COUNT stands too); `value`: one
   * value over the VALUE that reaches the node; `query`: a SELECT.
   */
  kind: 'scalar' | 'aggregate' | 'value' | 'query';
  /** The columns that an expression may name; undefined: not known yet. */
  columns?: Columns;
}

/** Something that a node sends outside, as far as its config says. */
export interface Departure {
  /** The field that names where it goes. */
  path: string;
  /** With a word where values will stand, which is never in the host. */
  url: string;
  method: string;
  /** The templates whose values it carries. */
  carries: readonly string[];
  credentialId?: string;
}

/** Something that a node lets out of the tenant, by what may be in it. */
export interface Disclosure {
  /** The field that says so. */
  path: string;
  /** Templates whose values may be in it. */
  templates: readonly string[];
  /** What the node reads of Snowflake by itself may be in it too. */
  reads?: boolean;
}

/** A complete config that the docs and the conformance suite use. */
interface NodeExample<Config> {
  title: string;
  config: Config;
}

/**
 * Everything about a node type that is safe in a browser. The palette, the form, validation, the docs and the gallery come from it.
 * `Config` is what the zod schema gives after parsing (defaults filled in).
 */
export interface NodeDefinition<Config = unknown> {
  readonly type: string;
  readonly group: NodeGroup;
  readonly title: string;
  /** One sentence for the palette's tooltip. */
  readonly description: string;
  /** A lucide icon name. */
  readonly icon: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Where the ports follow from the config, which may be half filled in; read them by `portsOf`. */
  dynamicPorts?(config: Record<string, unknown>): { inputs?: readonly Port[]; outputs?: readonly Port[] };
  readonly config: z.ZodType<Config>;
  /** The config of a node just dropped on the canvas; it need not be complete. */
  readonly initialConfig: Record<string, unknown>;
  /** One line under the node's title on the canvas; takes a config that may be half filled in. */
  summary(config: Record<string, unknown>): string;
  /**
   * What the engine must ask before `check` and `outputColumns` know everything; nothing as long as inputs are unknown that it needs. A
   * text of SQL that can't be read throws SqlTextError, and nothing is asked.
   */
  questions?(config: Config, context: QuestionContext): readonly Question[];
  /** Problems beyond the schema: unknown columns, types, SQL. Paths are relative to the config. */
  check(config: Config, context: CheckContext): readonly NodeProblem[];
  /** The columns each output port gives. */
  outputColumns(config: Config, context: CheckContext): Readonly<Record<string, Columns>>;
  /**
   * Where the columns it gives come from. Without it they are those that reach it under the same names, as of a node that hands on its
   * input or shows it.
   */
  lineage?(config: Config, context: LineageContext): NodeLineage;
  /** The SQL that people wrote in the config. */
  sqlFields?(config: Config, context: CheckContext): readonly SqlField[];
  /** `gives`: its rows are ordered; `keeps`: in the order of its input; without it an order is lost here. */
  readonly order?: 'gives' | 'keeps';
  /**
   * It hands its input on as it is: through all of its outputs, or through one that it decides at run time while the others are dead.
   * `reads`: it computes its input for itself first.
   */
  readonly passes?: { through: 'one' | 'all'; reads: boolean };
  /** The fields of the value it gives. */
  values?(config: Config): readonly ValueField[];
  /** What it sends outside: the tenant decides whether it may. */
  leaves?(config: Config): readonly Departure[];
  /** What may be in what it sends outside, by whatever way: columns whose tags forbid it never leave. */
  discloses?(config: Config): readonly Disclosure[];
  /** Fields of its value that hold nothing of Snowflake's data: what people typed, answers from outside, counts. */
  ownFields?(config: Config): readonly string[];
  /** It reads Snowflake's data by itself, as agents with tools do. */
  readsData?(config: Config): boolean;
  /** Its output may differ between two evaluations over the same data (limit without sort, source.sql). */
  nonDeterministic?(config: Config, context: { inputIsSorted: boolean }): boolean;
  readonly examples: readonly NodeExample<Config>[];
}
