import { Injectable } from '@nestjs/common';
import type { MetadataRequest, MetadataRows } from '@snowflow/contracts/connections/connections.dto';
import { toAppError } from '../errors/to-app-error';
import { valueEncoder } from '../rows/value-encoder';
import { ContextRunner } from '../sessions/context-runner';
import type { SessionRef } from '../sessions/sealed-session.repository';
import { requireMetadata } from './metadata-guard';

const MOST_ROWS = 10_000;

/** Metadata small enough for RPC, always as the caller's role. */
@Injectable()
export class MetadataService {
  constructor(private readonly runner: ContextRunner) {}

  async read(ref: SessionRef, { sql, binds, context }: MetadataRequest): Promise<MetadataRows> {
    requireMetadata(sql);
    try {
      const result = await this.runner.run(ref, context, { sql, binds });
      const encoders = result.columns.map(valueEncoder);
      const rows: MetadataRows['rows'] = [];
      for await (const row of result.rows(0, MOST_ROWS - 1)) {
        rows.push(row.map((value, index) => toScalar(value, encoders[index]?.json)));
      }
      return { columns: result.columns.map(({ name }) => name), rows };
    } catch (error) {
      throw toAppError(error);
    }
  }
}

/** Semi-structured values stay JSON text. */
function toScalar(value: string | null, json: ((raw: string) => string) | undefined): string | number | boolean | null {
  if (value === null || !json) return value;
  const parsed: unknown = JSON.parse(json(value));
  return typeof parsed === 'number' || typeof parsed === 'boolean' || typeof parsed === 'string' ? parsed : value;
}
