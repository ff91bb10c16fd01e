import type { ConnectionPart } from '@snowflow/contracts/connections/connections.dto';

/** A part that one request finds out about. `isAnswer` tells the account from what may stand in its place. */
export interface AskedPart {
  part: Exclude<ConnectionPart, 'name' | 'results'>;
  method: 'GET' | 'POST';
  path: string;
  /** What to do where it does not answer. */
  hint: string;
  isAnswer(response: Response): Promise<boolean>;
}

/** Without a credential each part has an answer of its own: a proxy, a portal or a wrong name answers otherwise. */
export const ASKED_PARTS: readonly AskedPart[] = [
  {
    part: 'login',
    method: 'POST',
    path: '/session/v1/login-request',
    hint: 'Let this installation reach the account on port 443, through every firewall and proxy between.',
    // Also what Snowflake refuses it answers with 200 and a document that says so.
    isAnswer: async (response) => response.status === 200 && 'success' in (await documentOf(response)),
  },
  {
    part: 'oauth',
    method: 'GET',
    path: '/oauth/authorize',
    hint: 'Let this installation reach /oauth of the account; sign-in by OAuth needs it.',
    // It names no client: the page, the way to it and a refusal of the request all prove that OAuth is there.
    isAnswer: ({ status }) => Promise.resolve((status >= 200 && status < 400) || status === 400 || status === 401),
  },
  {
    part: 'rest',
    method: 'GET',
    path: '/api/v2/databases',
    hint: 'Let this installation reach /api/v2 of the account; Cortex needs it.',
    isAnswer: ({ status }) => Promise.resolve([400, 401, 403].includes(status)),
  },
];

async function documentOf(response: Response): Promise<object> {
  const parsed: unknown = await response.json().catch(() => undefined);
  return typeof parsed === 'object' && parsed !== null ? parsed : {};
}
