import { type Turn, turns } from './turn';

const PREFIX = 'snowflow:chat:';
/** Written for a moment, so that other tabs hear of it. */
const FORGOTTEN = 'snowflow:chats-forgotten';

/** What a person asked a workflow, for as long as the tab is open: questions, answers in words, and the ids of runs. */
export const chatMemory = {
  read(chat: string): Turn[] {
    try {
      const found = turns.safeParse(JSON.parse(sessionStorage.getItem(PREFIX + chat) ?? '[]')).data ?? [];
      return found.map(afterReload);
    } catch {
      return [];
    }
  },
  write(chat: string, said: readonly Turn[]): void {
    try {
      if (said.length === 0) sessionStorage.removeItem(PREFIX + chat);
      else sessionStorage.setItem(PREFIX + chat, JSON.stringify(said));
    } catch {
      // The browser's storage is full or closed; the page still has it.
    }
  },
  /** Here; `everywhere` tells the other tabs, which share the session. */
  forget(everywhere: boolean): void {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
    if (!everywhere) return;
    try {
      localStorage.setItem(FORGOTTEN, crypto.randomUUID());
      localStorage.removeItem(FORGOTTEN);
    } catch {
      // The browser's storage is full or closed: each tab forgets when another person arrives in it.
    }
  },
  onForgotten(listener: () => void): void {
    window.addEventListener('storage', ({ key, newValue }) => {
      if (key === FORGOTTEN && newValue !== null) listener();
    });
  },
};

/** Nobody waits any more for the answer to what was being sent. */
function afterReload(turn: Turn): Turn {
  if (turn.state !== 'sending') return turn;
  return { ...turn, state: 'refused', refusal: 'The page was left before the question was accepted. Ask again.' };
}
