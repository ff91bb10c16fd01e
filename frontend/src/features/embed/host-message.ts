import { z } from 'zod';

/** What the host's page may ask of the frame. */
const hostMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snowflow:token'), token: z.string().min(1).max(10_000) }),
  z.object({
    type: z.literal('snowflow:theme'),
    theme: z.enum(['light', 'dark', 'system']).optional(),
    accent: z.string().max(20).optional(),
  }),
  z.object({ type: z.literal('snowflow:run'), parameters: z.record(z.string(), z.unknown()).optional() }),
]);
export type HostMessage = z.infer<typeof hostMessage>;

/** What the frame tells the host's page. */
export type FrameMessage =
  | { type: 'snowflow:ready' }
  | { type: 'snowflow:state'; state: 'waiting' | 'loading' | 'shown' | 'expired' | 'refused' }
  | { type: 'snowflow:run'; runId: string; status: string }
  | { type: 'snowflow:result'; runId: string; value: unknown }
  | { type: 'snowflow:error'; code: string; message: string }
  | { type: 'snowflow:resize'; height: number };

/** A message of the host; undefined where it is none of ours, for pages post much else. */
export function parseHostMessage(data: unknown): HostMessage | undefined {
  return hostMessage.safeParse(data).data;
}
