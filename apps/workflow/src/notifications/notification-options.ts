/** How an installation sends notifications. */
export interface NotificationOptions {
  /** The mail server; undefined: no email. */
  smtpUrl: string | undefined;
  mailFrom: string;
  /** The wait after a first try that failed; it doubles. */
  firstWaitMs: number;
  /** So long a cancelled run waits for the answer to what is on its way. */
  lastWordMs?: number;
}

/** Injection token of NotificationOptions. */
export const NOTIFICATION_OPTIONS = Symbol('NOTIFICATION_OPTIONS');
