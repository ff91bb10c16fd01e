/** What an installation lets out. */
export interface NotificationOptions {
  /** Hosts that webhooks may reach: exact, or with a leading dot for all below. */
  egressHosts: readonly string[];
  /** Hosts that may be reached on private addresses and without TLS, too. */
  privateHosts: readonly string[];
  /** The mail server; undefined: no email. */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** The wait after a first try that failed; it doubles. */
  firstWaitMs: number;
}

/** Injection token of NotificationOptions. */
export const NOTIFICATION_OPTIONS = Symbol('NOTIFICATION_OPTIONS');
