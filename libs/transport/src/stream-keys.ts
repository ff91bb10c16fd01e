/** The stream that holds the requests of a service until they are done. */
export const streamOf = (service: string): string => `rpc:requests:${service}`;

/** The channel on which one caller hears its replies. */
export const inboxOf = (callerId: string): string => `rpc:replies:${callerId}`;

/** The consumer group that the replicas of a service share: each request goes to one of them. */
export const GROUP = 'service';

/** The only field of an entry: the envelope as JSON. */
export const ENVELOPE_FIELD = 'e';
