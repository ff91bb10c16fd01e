import 'reflect-metadata';
import { once } from 'node:events';
import { KeyRing } from '@snowflow/platform/security/key-ring';
import { runInScope } from '@snowflow/transport/request-scope';
import { AppModule } from '../app.module';
import { WorkflowsService } from '../workflows/workflows.service';
import { threeNodes } from './documents';
import { openWithPretended } from './pretended-neighbours';
import { PretendRows } from './pretend-rows';
import { PretendSnowflake } from './pretend-snowflake';
import type { Person } from './workflow-bench';

/** What a saver is told that is to be killed. */
export interface SaverLife {
  databaseUrl: string;
  redisUrl: string;
  sealingKeys: string;
  person: Person;
}

/** The service in a process of its own, saving as one person, four saves at once, until it is killed. */
async function live({ databaseUrl, redisUrl, sealingKeys, person }: SaverLife): Promise<void> {
  const snowflake = new PretendSnowflake();
  const options = {
    redisUrl,
    store: { url: databaseUrl, applicationName: 'mortal-saver', poolSize: 4 },
    sealer: new KeyRing(sealingKeys),
    places: { perTenant: 1, perWorkflow: 1, perWarehouse: 1 },
  };
  const service = await openWithPretended(AppModule.forRoot(options), snowflake, new PretendRows(snowflake));
  const workflows = service.get(WorkflowsService);
  const { tenantId, userId, id: sessionId } = person;
  const save = async (turn: number) => {
    const { id, revision } = await workflows.save({ definition: threeNodes() });
    await workflows.save({ id, revision, definition: { ...threeNodes(), name: `Saved ${turn}` } });
  };
  const saveOn = async () => {
    for (let turn = 0; ; turn += 1) await save(turn);
  };
  process.send?.('ready');
  await runInScope({ context: { correlationId: 'saver', tenantId, userId, sessionId } }, () =>
    Promise.all([saveOn(), saveOn(), saveOn(), saveOn()]),
  );
}

// Without its parent nobody waits for it.
process.once('disconnect', () => process.exit(0));
void once(process, 'message').then(([life]) => live(life as SaverLife));
