import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { StatementStats } from '@snowflow/contracts/connections/statement-stats.dto';
import type { Column } from '@snowflow/contracts/documents/column';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { NodeStatus, NodeWaitsFor, RunStatus, RunTrigger } from '@snowflow/contracts/runs/run-state';
import type { AgentStepKind, AgentStepState } from '@snowflow/contracts/workflow/agent-trace.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type {
  OUTSIDE_CALL_KINDS,
  OUTSIDE_CREDENTIAL_KINDS,
  OutsideCallState,
  OutsideHost,
} from '@snowflow/contracts/workflow/outside.dto';
import type { NodeRunView } from '@snowflow/contracts/workflow/workflow.dto';
import type { TemplatesTables } from '../templates/templates.tables';
import type { SharingTables } from '../sharing/sharing.tables';
import type { ScheduleTables } from '../schedules/schedules.tables';
import type { PublicationTables } from '../publications/publications.tables';
import type { ConsentTables } from '../consent/consent.tables';

type Moment = ColumnType<Date, Date | undefined, Date>;

export interface WorkflowsTable {
  tenant_id: string;
  id: string;
  owner_id: string;
  owner_name: string;
  name: string;
  revision: number;
  published: number | null;
  definition_hash: string;
  node_count: number;
  created_at: Moment;
  updated_at: Moment;
  tags: Generated<string[]>;
  trashed_at: Date | null;
  /** Who made it, where it is another's by now. */
  created_by: string | null;
}

interface RevisionsTable {
  tenant_id: string;
  workflow_id: string;
  revision: number;
  definition: JSONColumnType<WorkflowDocument>;
  definition_hash: string;
  /** Its name. */
  message: string | null;
  created_at: Moment;
  author_id: string | null;
  author_name: string | null;
  published_at: Date | null;
  published_by: string | null;
}

/** What an error says besides its message, which may quote data and rests sealed beside it. */
export interface StoredError {
  code: string;
  sqlState?: string;
  line?: number;
  position?: number;
  nodeId?: string;
}

export interface RunsTable {
  tenant_id: string;
  id: string;
  owner_id: string;
  /** The user name of who runs it. */
  owner_name: Generated<string>;
  trigger: Generated<RunTrigger>;
  session_id: string;
  correlation_id: string;
  workflow_id: string | null;
  revision: number | null;
  status: RunStatus;
  context: JSONColumnType<PinnedContext>;
  sealed_plan: string;
  last_seq: number;
  /** The lease whose holder may write; it only grows. */
  fence: Generated<number>;
  error: JSONColumnType<StoredError> | null;
  sealed_error: string | null;
  created_at: Moment;
  started_at: Date | null;
  finished_at: Date | null;
  /** The run whose outcomes this one goes on with. */
  based_on: string | null;
  /** Of a run that somebody called: what was called, and by which key. */
  publication_id: string | null;
  key_id: string | null;
}

/** What a step came to; written once. */
interface StepOutcomesTable {
  tenant_id: string;
  run_id: string;
  step: string;
  state: 'succeeded' | 'continued' | 'skipped' | 'failed';
  sealed_outcome: string;
  at: Moment;
}

/** What a step waits for, and what was decided. */
export interface WaitsTable {
  tenant_id: string;
  run_id: string;
  step: string;
  /** `workflow`: something in a workflow that the step called, which has a row of its own. */
  wait_for: 'approval' | 'time' | 'session' | 'workflow';
  until: Date | null;
  sealed_detail: string | null;
  began_at: Moment;
  decision: 'approve' | 'reject' | null;
  decided_by: string | null;
  decided_at: Date | null;
  sealed_decision: string | null;
}

export interface RunNodesTable {
  tenant_id: string;
  run_id: string;
  node_id: string;
  step: string | null;
  status: NodeStatus;
  started_at: Date | null;
  finished_at: Date | null;
  row_count: number | null;
  query_id: string | null;
  attempts: Generated<number>;
  error: JSONColumnType<StoredError> | null;
  sealed_error: string | null;
  /** Of a node that waits or has waited. */
  waits_for: NodeWaitsFor | null;
}

export interface RunEventsTable {
  tenant_id: string;
  run_id: string;
  seq: number;
  type: string;
  at: Moment;
  node_id: string | null;
  node: JSONColumnType<NodeRunView> | null;
}

/** What a finished statement said; never rows. */
export interface StatementOutcome {
  columns: Column[];
  rowCount: number;
  rowsAffected?: number;
}

/** The journal of what was sent to Snowflake: written before a statement leaves, so that its outcome can be settled after a crash. */
export interface StatementsTable {
  tenant_id: string;
  run_id: string;
  step: string;
  request_id: string;
  effect_key: string;
  query_id: string | null;
  state: 'sent' | 'succeeded' | 'failed' | 'absent';
  outcome: JSONColumnType<StatementOutcome> | null;
  sent_at: Moment;
  /** By EXPLAIN, asked where a budget of bytes holds. */
  bytes_at_most: string | number | null;
  /** What it took, known some moments after its end. */
  stats: JSONColumnType<StatementStats> | null;
}

/** What one run of a workflow may take. */
interface BudgetsTable {
  tenant_id: string;
  workflow_id: string;
  /** As text, as the driver gives a bigint. */
  max_bytes: ColumnType<string | null, number | null, number | null>;
  max_statements: number | null;
  max_seconds: number | null;
  max_tokens: number | null;
  updated_at: Moment;
}

/** What a step sends outside: written before it leaves, so that nobody sends it twice unknowingly. */
export interface EffectsTable {
  tenant_id: string;
  run_id: string;
  step: string;
  effect_key: string;
  kind: 'webhook' | 'email';
  state: 'sent' | 'succeeded' | 'failed' | 'unknown';
  attempts: number;
  sealed_target: string;
  sealed_response: string | null;
  at: Moment;
}

/** What drafting asked of models, in numbers. */
export interface DraftCallsTable {
  tenant_id: string;
  user_id: string;
  id: string;
  model: string;
  /** What it may come to, then what the model counted. */
  tokens: number;
  ended: Generated<boolean>;
  at: Moment;
}

/** A call of a model, written before it is asked; numbers only. */
export interface ModelCallsTable {
  tenant_id: string;
  run_id: string;
  id: string;
  step: string;
  model: string;
  /** What it may come to, then what the model counted. */
  tokens: number;
  ended: Generated<boolean>;
  at: Moment;
}

/** A call that an agent made, or is about to make. */
export interface AgentStepsTable {
  tenant_id: string;
  run_id: string;
  /** The step of the run that the agent is. */
  step: string;
  place: string;
  /** In which order they began. */
  seq: number;
  kind: AgentStepKind;
  name: string;
  state: AgentStepState;
  reads: boolean;
  started_at: Moment;
  ended_at: Date | null;
  input_tokens: number | null;
  output_tokens: number | null;
  /** What went in and what came out. */
  sealed_detail: string;
}

/** A question and its answer in a thread with an agent. */
interface AgentTurnsTable {
  tenant_id: string;
  run_id: string;
  step: string;
  /** A hash of person, workflow, node and the thread's name. */
  thread_key: string;
  sealed_turn: string;
  at: Moment;
}

/** A table that a step keeps its rows in, from before it is made until it is dropped. It outlives the rows of its run. */
export interface ScratchTablesTable {
  tenant_id: string;
  database_name: string;
  schema_name: string;
  table_name: string;
  /** The run that may read it: whose step made it, or one that goes on from it. */
  kept_for: string;
  step: string;
  owner_id: string;
  owner_name: string;
  /** Whose rights it takes to drop it. */
  context: JSONColumnType<PinnedContext>;
  made_at: Moment;
}

export interface WebhookKeysTable {
  tenant_id: string;
  id: string;
  sealed_key: string;
  created_at: Moment;
  /** Until when it still signs beside the newest, which has none. */
  retires_at: Date | null;
}

/** Where a tenant's steps may call. */
interface OutsideHostsTable {
  tenant_id: string;
  hosts: JSONColumnType<OutsideHost[]>;
  updated_at: Moment;
}

/** What is added to calls of its hosts. */
export interface OutsideCredentialsTable {
  tenant_id: string;
  id: string;
  name: string;
  kind: (typeof OUTSIDE_CREDENTIAL_KINDS)[number];
  hosts: JSONColumnType<string[]>;
  sealed_secret: string;
  created_by: string;
  created_at: Moment;
}

/** A call of a host outside: written before it leaves, and kept as what the tenant may look at. */
export interface OutsideCallsTable {
  tenant_id: string;
  id: string;
  run_id: string;
  step: string;
  node_id: string;
  owner_name: string;
  kind: (typeof OUTSIDE_CALL_KINDS)[number];
  host: string;
  method: string;
  credential_id: string | null;
  /** Its path, its tool, and a hash by which the same call is known. */
  sealed_about: string;
  state: OutsideCallState;
  attempts: number;
  status: number | null;
  error_code: string | null;
  bytes_out: Generated<number>;
  bytes_in: Generated<number>;
  ms: number | null;
  sealed_reply: string | null;
  at: Moment;
}

interface IdempotencyKeysTable {
  tenant_id: string;
  user_id: string;
  route: string;
  key: string;
  body_hash: string;
  reply: JSONColumnType<object>;
  created_at: Moment;
}

/** What is to run: ids, times and numbers only, so that who chooses may see all tenants' without seeing anything of theirs. */
interface RunQueueTable {
  run_id: string;
  tenant_id: string;
  fence: Generated<number>;
  leased_by: string | null;
  leased_until: Moment;
  cancel_requested: Generated<boolean>;
  /** Something that the run waits for came while a worker still had it. */
  nudged: Generated<boolean>;
  queued_at: Moment;
  priority: Generated<number>;
  /** Empty for a definition that was never saved: no workflow's places are taken. */
  workflow_id: Generated<string>;
  /** A hash of tenant and warehouse; empty where none is chosen. */
  warehouse_key: Generated<string>;
  tenant_places: Generated<number>;
  workflow_places: Generated<number>;
  warehouse_places: Generated<number>;
  /** Leases since the run last got on, and how far that was. */
  attempts: Generated<number>;
  progress: Generated<number>;
}

/** Whose rows there are. */
interface TenantsTable {
  tenant_id: string;
}

/** The Postgres schema `workflow`. */
export interface WorkflowDatabase
  extends TemplatesTables, SharingTables, ScheduleTables, PublicationTables, ConsentTables {
  'workflow.workflows': WorkflowsTable;
  'workflow.revisions': RevisionsTable;
  'workflow.runs': RunsTable;
  'workflow.run_nodes': RunNodesTable;
  'workflow.run_events': RunEventsTable;
  'workflow.statements': StatementsTable;
  'workflow.budgets': BudgetsTable;
  'workflow.idempotency_keys': IdempotencyKeysTable;
  'workflow.run_queue': RunQueueTable;
  'workflow.step_outcomes': StepOutcomesTable;
  'workflow.waits': WaitsTable;
  'workflow.tenants': TenantsTable;
  'workflow.effects': EffectsTable;
  'workflow.model_calls': ModelCallsTable;
  'workflow.draft_calls': DraftCallsTable;
  'workflow.webhook_keys': WebhookKeysTable;
  'workflow.agent_turns': AgentTurnsTable;
  'workflow.agent_steps': AgentStepsTable;
  'workflow.scratch_tables': ScratchTablesTable;
  'workflow.outside_hosts': OutsideHostsTable;
  'workflow.outside_credentials': OutsideCredentialsTable;
  'workflow.outside_calls': OutsideCallsTable;
}
