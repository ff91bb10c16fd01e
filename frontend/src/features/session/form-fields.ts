import type { ConnectBody } from '../../api/types';
import { accountName } from './account-name';

/** The fields a form holds, without the empty ones. Secrets are read at the moment of sending and kept nowhere. */
export function bodyOf(form: HTMLFormElement, authenticator: ConnectBody['authenticator']): ConnectBody {
  const entries = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  );
  const fields = Object.fromEntries(entries);
  return {
    ...fields,
    account: accountName(fields.account ?? ''),
    ...(fields.username ? { username: fields.username.trim() } : {}),
    ...(fields.passcode ? { passcode: fields.passcode.replace(/\s/g, '') } : {}),
    authenticator,
  };
}
