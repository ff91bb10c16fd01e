import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@snowflow/contracts/documents/new-id';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { LeaseLost } from '../execution/run-interruptions';
import { runBinding } from '../runs/sealed-run';
import { SEALER } from '../sealer';
import type { Attempt, OutsideCall } from './outside-call';
import { type BegunCall, type OutsideCallRow, OutsideCallsRepository } from './outside-calls.repository';
import type { WayOut } from './way-out';

/** The step that calls, under the lease of the worker that executes it. */
export interface CallOrigin {
  tenantId: string;
  runId: string;
  step: string;
  nodeId: string;
  /** Who runs it. */
  ownerName: string;
  fence: number;
  /** It is in a workflow that another one called, so its parameters may hold what came from Snowflake. */
  isCalled: boolean;
}

/** What rests sealed of a call. */
export interface AboutCall {
  path: string;
  tool: string | null;
  hash: string;
}

/** Writes calls down before they leave and when they are over: what is done at most once, and what the tenant looks at. */
@Injectable()
export class OutsideJournal {
  constructor(
    private readonly calls: OutsideCallsRepository,
    @Inject(SEALER) private readonly sealer: Sealer,
  ) {}

  /** The calls that this step made before, by what makes them the same; refused ones were never made. */
  async madeBy({ tenantId, runId, step }: CallOrigin): Promise<Map<string, OutsideCallRow[]>> {
    const made = new Map<string, OutsideCallRow[]>();
    for (const row of await this.calls.ofStep(tenantId, runId, step)) {
      if (row.state === 'refused') continue;
      const { hash } = this.about(row);
      made.set(hash, [...(made.get(hash) ?? []), row]);
    }
    return made;
  }

  /** A call as it is written; one that was begun before keeps its id. */
  begun(call: OutsideCall<unknown>, origin: CallOrigin, before: OutsideCallRow | undefined): BegunCall {
    const { kind, method, tool, url, credentialId = null } = call;
    const about: AboutCall = { path: url.pathname, tool, hash: hashOf(call) };
    return {
      tenant_id: origin.tenantId,
      id: before?.id ?? newId('call'),
      run_id: origin.runId,
      step: origin.step,
      node_id: origin.nodeId,
      owner_name: origin.ownerName,
      kind,
      method,
      host: url.host,
      credential_id: credentialId,
      sealed_about: this.sealer.seal(JSON.stringify(about), runBinding(origin.tenantId)),
      attempts: before?.attempts ?? 0,
    };
  }

  async begin(call: BegunCall, fence: number): Promise<void> {
    if (!(await this.calls.begin(call, fence))) throw new LeaseLost();
  }

  async end(call: BegunCall, attempt: Attempt<unknown>, way: WayOut | undefined, ms: number): Promise<void> {
    const reply = attempt.state === 'succeeded' ? JSON.stringify(attempt.reply) : undefined;
    await this.calls.end(call.tenant_id, call.id, {
      state: attempt.state,
      status: way?.status ?? null,
      error_code: attempt.state === 'succeeded' ? null : attempt.error.code,
      bytes_out: way?.bytesOut ?? 0,
      bytes_in: way?.bytesIn ?? 0,
      ms,
      sealed_reply: reply === undefined ? null : this.sealer.seal(reply, runBinding(call.tenant_id)),
    });
  }

  /** What a call that succeeded was answered. */
  replyOf<Reply>({ tenant_id: tenantId, sealed_reply: sealed }: OutsideCallRow): Reply {
    return JSON.parse(this.sealer.open(sealed ?? '', runBinding(tenantId))) as Reply;
  }

  about({ tenant_id: tenantId, sealed_about: sealed }: OutsideCallRow): AboutCall {
    return JSON.parse(this.sealer.open(sealed, runBinding(tenantId))) as AboutCall;
  }
}

/** By what a call is known again. */
export function hashOf({ kind, identity }: OutsideCall<unknown>): string {
  return createHash('sha256').update(`${kind} ${identity}`).digest('base64url');
}
