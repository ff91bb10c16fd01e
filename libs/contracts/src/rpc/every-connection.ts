/**
 * Options of every connection to Redis, in ms. A machine that is gone without a word leaves connections that look open for a quarter of an
 * hour: one on which an answer is due, and that brings nothing for so long, is given up and made anew. Longer than any blocking read here.
 * Behind a name that leads to another server now, the one that became a replica may keep its connections: it is asked for by name again,
 * and what was under way there ends as not known.
 */
export const EVERY_CONNECTION = {
  socketTimeout: 8_000,
  connectTimeout: 5_000,
  reconnectOnError: ({ message }: Error): boolean => message.startsWith('READONLY '),
};
