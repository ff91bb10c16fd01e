/** The Redis channel on which workers hear that a run is to be cancelled; the message is the run's id. The queue row is the truth of it. */
export const CANCEL_CHANNEL = 'snowflow:run-cancel';
