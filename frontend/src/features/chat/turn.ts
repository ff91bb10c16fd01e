import { z } from 'zod';

const turn = z.object({
  id: z.string(),
  question: z.string(),
  /** Absent while it is being sent, and where it was refused. */
  runId: z.string().optional(),
  /** `sent`: its run goes on, or nobody has seen its end. */
  state: z.enum(['sending', 'sent', 'ended', 'refused']),
  /** What was answered, as later questions tell it; never a row. */
  answer: z.string().optional(),
  /** Why it was not run. */
  refusal: z.string().optional(),
});

export const turns = z.array(turn);

/** A question, and what became of it. */
export type Turn = z.infer<typeof turn>;

export const isOpen = ({ state }: Turn): boolean => state === 'sending' || state === 'sent';
