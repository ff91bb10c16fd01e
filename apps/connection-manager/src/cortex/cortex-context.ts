import type { CortexServiceName } from '@snowflow/contracts/connections/cortex.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { restIdentifier } from './cortex-path';

/** Snowflake documents X-Snowflake-Role for its REST resources, which search services are; of the others it says that the default role holds. */
const HEADER_IS_DOCUMENTED: Record<CortexServiceName, boolean> = { search: true, chat: false, analyst: false };

/** Whether the role of an answer rests on the header alone, or is proved only by being the person's default role, too. */
export const needsDefaultRole = (service: CortexServiceName) => !HEADER_IS_DOCUMENTED[service];

/** The headers that ask for a context. Throws CONTEXT_NOT_HONOURED where a name can't stand in a header. */
export function contextHeaders({ role, warehouse }: PinnedContext): Record<string, string> {
  return {
    ...(role === null ? {} : { 'x-snowflake-role': inHeader(role) }),
    ...(warehouse === null ? {} : { 'x-snowflake-warehouse': inHeader(warehouse) }),
  };
}

/** Throws CONTEXT_NOT_HONOURED where Snowflake might answer under another role than the pinned one. */
export function requireDefaultRole(service: CortexServiceName, pinned: string | null, byDefault: string | null): void {
  if (pinned === null || pinned === byDefault) return;
  const has = byDefault === null ? 'you have no default role that can be seen' : `your default role is ${byDefault}`;
  throw new AppError(
    'CONTEXT_NOT_HONOURED',
    `Snowflake answers ${NAMES[service]} under a person's default role: ${has}, and this runs as ${pinned}, so nothing was sent. ` +
      `Run it as the default role, or make ${pinned} the default role (ALTER USER … SET DEFAULT_ROLE). Functions in SQL, as ai.complete for each row, hold to the role.`,
  );
}

const NAMES: Record<CortexServiceName, string> = { chat: 'models', analyst: 'Cortex Analyst', search: 'Cortex Search' };

function inHeader(name: string): string {
  const text = restIdentifier(name);
  if (/^[\x20-\x7e]+$/.test(text)) return text;
  throw new AppError(
    'CONTEXT_NOT_HONOURED',
    `The name ${name} can't be sent to Cortex: headers take ASCII only. Choose another role or warehouse.`,
  );
}
