import type { RunTrigger } from '@snowflow/contracts/runs/run-state';
import type { RunCaller } from '../runs/runs.repository';

/** A credential that may be used for one revision of one workflow, under one role and warehouse. */
export interface UnattendedRight {
  tenantId: string;
  workflowId: string;
  revision: number;
  credentialId: string;
  role: string;
  warehouse: string | null;
}

/** What a clock or a call wants to be run, with nobody signed in. */
export interface UnattendedOrder extends UnattendedRight {
  trigger: Exclude<RunTrigger, 'manual'>;
  /** Orders of one trigger with the same key are one: the run of the first is the run of them all, for 24 hours. Absent: each is its own. */
  key?: string;
  /** Of a call. */
  calledBy?: RunCaller;
  parameters?: Record<string, unknown>;
  /** Its place in the queue, the lower the sooner; without it that of its trigger. */
  priority?: number;
}

/** A run that stands in Postgres: it belongs to the credential's owner. */
export interface UnattendedRun {
  runId: string;
  ownerId: string;
  /** An earlier order with the same key started it. */
  isRepeat: boolean;
}
