import { create } from 'zustand';

export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

interface ToastState {
  toasts: Toast[];
  show: (text: string, action?: Toast['action']) => void;
  dismiss: (id: number) => void;
}

const MOST = 3;
const LIFE_MS = 10_000;
let lastId = 0;

/** Short messages at the bottom right, the newest three. */
export const useToasts = create<ToastState>((set, get) => ({
  toasts: [],
  show: (text, action) => {
    const id = ++lastId;
    set({ toasts: [...get().toasts, { id, text, ...(action ? { action } : {}) }].slice(-MOST) });
    setTimeout(() => get().dismiss(id), LIFE_MS);
  },
  dismiss: (id) => set({ toasts: get().toasts.filter((toast) => toast.id !== id) }),
}));

export const showToast = (text: string, action?: Toast['action']) => useToasts.getState().show(text, action);
