import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { Pool } from 'pg';
import { CHECKPOINT_SCHEMA } from '../migrations/003-checkpoints';
import { runBinding } from '../runs/sealed-run';

type Serializer = NonNullable<ConstructorParameters<typeof PostgresSaver>[1]>;

const SEALED = 'sealed-json';

/** Plain JSON, sealed for one tenant: what steps pass on is only for who may open the tenant's runs. */
class SealingSerializer implements Serializer {
  constructor(
    private readonly sealer: Sealer,
    private readonly binding: string,
  ) {}

  async dumpsTyped(data: unknown): Promise<[string, Uint8Array]> {
    return [SEALED, Buffer.from(this.sealer.seal(JSON.stringify(data ?? null), this.binding))];
  }

  async loadsTyped(type: string, data: Uint8Array | string): Promise<unknown> {
    if (type !== SEALED) throw new Error('A checkpoint that is not sealed is not ours');
    return JSON.parse(this.sealer.open(Buffer.from(data).toString('utf8'), this.binding));
  }
}

/** LangGraph's Postgres checkpoints with their values sealed. Their metadata (source, step number) holds no value and stays as it is. */
class SealedPostgresSaver extends PostgresSaver {
  protected override async _dumpMetadata(metadata: object): Promise<unknown> {
    return metadata;
  }

  protected override async _loadMetadata(metadata: Record<string, unknown>): Promise<unknown> {
    return metadata;
  }
}

/** The checkpoints of one tenant's runs; a thread is a run. */
export function sealedCheckpoints(pool: Pool, sealer: Sealer, tenantId: string): PostgresSaver {
  const serializer = new SealingSerializer(sealer, runBinding(tenantId));
  return new SealedPostgresSaver(pool, serializer, { schema: CHECKPOINT_SCHEMA });
}
