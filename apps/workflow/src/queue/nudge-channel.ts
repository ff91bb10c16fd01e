/** The Redis channel on which workers hear that something came which a run waits for; the message is the run's id. The queue row is the truth. */
export const NUDGE_CHANNEL = 'snowflow:run-nudge';
