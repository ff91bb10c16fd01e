import { create } from 'zustand';
import { chatMemory } from './chat-memory';
import type { Turn } from './turn';

/** So many turns of a chat are kept. */
const MOST = 100;

interface ChatState {
  /** By person and workflow. */
  chats: Readonly<Record<string, readonly Turn[]>>;
  /** Takes up what was said before the page was loaded. */
  open(chat: string): void;
  add(chat: string, turn: Turn): void;
  change(chat: string, id: string, change: Partial<Turn>): void;
  clear(chat: string): void;
  /** Of every chat in every tab: somebody signs out. */
  forget(): void;
}

/** What was said in this tab. It outlives the panel, so an answer on its way is not lost with it. */
export const useChats = create<ChatState>((set, get) => {
  const put = (chat: string, turns: readonly Turn[]) => {
    chatMemory.write(chat, turns);
    set({ chats: { ...get().chats, [chat]: turns } });
  };
  chatMemory.onForgotten(() => {
    chatMemory.forget(false);
    set({ chats: {} });
  });
  const said = (chat: string) => get().chats[chat] ?? chatMemory.read(chat);
  return {
    chats: {},
    open: (chat) => {
      if (get().chats[chat] === undefined) put(chat, chatMemory.read(chat));
    },
    add: (chat, turn) => put(chat, [...said(chat), turn].slice(-MOST)),
    change: (chat, id, change) => {
      // A chat that was forgotten meanwhile stays so.
      if (!get().chats[chat]?.some((turn) => turn.id === id)) return;
      put(
        chat,
        said(chat).map((turn) => (turn.id === id ? { ...turn, ...change } : turn)),
      );
    },
    clear: (chat) => put(chat, []),
    forget: () => {
      chatMemory.forget(true);
      set({ chats: {} });
    },
  };
});
