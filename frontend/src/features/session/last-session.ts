import { z } from 'zod';
import type { Me } from '../../api/types';

const KEY = 'snowflow:last-session';
const name = z.string().nullable();

const lastSessionShape = z.object({
  tenantId: z.string(),
  account: z.string(),
  username: z.string(),
  /** What to take up again after a sign-in that leaves the page. */
  context: z.object({ role: name, warehouse: name, database: name, schema: name }).optional(),
});
/** Whose session this tab had last. Names only. */
export type LastSession = z.infer<typeof lastSessionShape>;

export function isSamePerson(a: Pick<Me, 'tenantId' | 'username'>, b: Pick<Me, 'tenantId' | 'username'>): boolean {
  return a.tenantId === b.tenantId && a.username === b.username;
}

function write(session: LastSession): void {
  sessionStorage.setItem(KEY, JSON.stringify(session));
}

export const lastSession = {
  read(): LastSession | undefined {
    try {
      return lastSessionShape.safeParse(JSON.parse(sessionStorage.getItem(KEY) ?? 'null')).data;
    } catch {
      return undefined;
    }
  },
  remember({ tenantId, account, username }: Me): void {
    write({ tenantId, account, username });
  },
  /** The page is left for a sign-in elsewhere, and comes back. */
  leave({ tenantId, account, username, role, warehouse, database, schema }: Me): void {
    write({ tenantId, account, username, context: { role, warehouse, database, schema } });
  },
  forget(): void {
    sessionStorage.removeItem(KEY);
  },
};
