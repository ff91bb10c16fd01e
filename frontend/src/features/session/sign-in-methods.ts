import { FileKey, KeyRound, Lock, Ticket, type LucideIcon } from 'lucide-react';
import type { SignInOptions } from '../../api/types';

export type MethodTab = 'sso' | 'key-pair' | 'pat' | 'password';

export const METHOD_TABS: readonly { id: MethodTab; label: string; Icon: LucideIcon }[] = [
  { id: 'sso', label: 'Single sign-on', Icon: KeyRound },
  { id: 'key-pair', label: 'Key pair', Icon: FileKey },
  { id: 'pat', label: 'Access token', Icon: Ticket },
  { id: 'password', label: 'Password', Icon: Lock },
];

const OF_TAB: Record<MethodTab, readonly string[]> = {
  sso: ['oauth', 'external-oauth', 'container'],
  'key-pair': ['key-pair'],
  pat: ['pat'],
  password: ['password'],
};

/** The tabs that lead somewhere: all of them while the account is not known, and single sign-on where it waits to be set up. */
export function openTabs(options: SignInOptions | undefined): MethodTab[] {
  const all = METHOD_TABS.map(({ id }) => id);
  if (!options) return all;
  if (options.methods.length === 0) return ['sso'];
  return all.filter((tab) => OF_TAB[tab].some((method) => options.methods.includes(method)));
}

/** The tab to begin with where the person has chosen none. */
export function firstTab(open: readonly MethodTab[], options: SignInOptions | undefined): MethodTab {
  if (!options) return 'password';
  return open.includes('sso') ? 'sso' : open.includes('password') ? 'password' : (open[0] ?? 'sso');
}

/** The tab by which a session began; undefined for one that no form begins. */
export function tabOf(authenticator: string): MethodTab | undefined {
  return METHOD_TABS.find(({ id }) => OF_TAB[id].includes(authenticator))?.id;
}
