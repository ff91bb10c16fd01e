import type { Migration } from 'kysely';
import { workflows } from './001-workflows';
import { runs } from './002-runs';
import { checkpoints } from './003-checkpoints';
import { stepOutcomes } from './004-step-outcomes';
import { queue } from './005-queue';
import { budgets } from './006-budgets';
import { effects } from './007-effects';
import { scratchTables } from './008-scratch-tables';
import { progress } from './009-progress';
import { nodeWaits } from './010-node-waits';
import { modelCalls } from './011-model-calls';
import { outside } from './012-outside';
import { agentSteps } from './013-agent-steps';
import { draftCalls } from './014-draft-calls';
import { heldTags } from './015-held-tags';
import { audit } from './016-audit';
import { lifecycle } from './017-lifecycle';
import { templates } from './018-templates';
import { publications } from './019-publications';
import { schedules } from './020-schedules';
import { consents } from './021-consents';

/** The history of the Postgres schema `workflow`: names are never changed, entries never edited once released. */
export const migrations: Record<string, Migration> = {
  '001-workflows': workflows,
  '002-runs': runs,
  '003-checkpoints': checkpoints,
  '004-step-outcomes': stepOutcomes,
  '005-queue': queue,
  '006-budgets': budgets,
  '007-effects': effects,
  '008-scratch-tables': scratchTables,
  '009-progress': progress,
  '010-node-waits': nodeWaits,
  '011-model-calls': modelCalls,
  '012-outside': outside,
  '013-agent-steps': agentSteps,
  '014-draft-calls': draftCalls,
  '015-held-tags': heldTags,
  '016-audit': audit,
  '017-lifecycle': lifecycle,
  '018-templates': templates,
  '019-publications': publications,
  '020-schedules': schedules,
  '021-consents': consents,
};
