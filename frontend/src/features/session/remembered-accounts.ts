import { z } from 'zod';
import type { MethodTab } from './sign-in-methods';

const KEY = 'snowflow:accounts';
const MOST = 5;

const rememberedAccount = z.object({
  account: z.string().min(1).max(255),
  username: z.string().max(255),
  method: z.enum(['sso', 'key-pair', 'pat', 'password'] satisfies MethodTab[]),
});
/** Where somebody signed in from this browser: names, never a secret. */
export type RememberedAccount = z.infer<typeof rememberedAccount>;

const isSame = (a: RememberedAccount, b: RememberedAccount) => a.account === b.account && a.username === b.username;

/** The newest first. */
export function rememberedAccounts(): RememberedAccount[] {
  try {
    const { data } = z.array(rememberedAccount).safeParse(JSON.parse(localStorage.getItem(KEY) ?? '[]'));
    return data ?? [];
  } catch {
    return [];
  }
}

function keep(accounts: RememberedAccount[]): RememberedAccount[] {
  try {
    localStorage.setItem(KEY, JSON.stringify(accounts));
  } catch {
    // The browser's storage is full or closed; remembering names is a convenience.
  }
  return accounts;
}

export function rememberAccount({ account, username, method }: RememberedAccount): void {
  const newest = { account, username, method };
  keep([newest, ...rememberedAccounts().filter((other) => !isSame(other, newest))].slice(0, MOST));
}

/** Answers those that are left. */
export function forgetAccount(gone: RememberedAccount): RememberedAccount[] {
  return keep(rememberedAccounts().filter((other) => !isSame(other, gone)));
}
