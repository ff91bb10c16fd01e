/** How long sessions live, from the environment. */
export class SessionLife {
  constructor(
    readonly idleSeconds: number,
    readonly maxSeconds: number,
  ) {}

  /** Seconds until a session ends when nothing more happens to it. */
  left(expiresAt: string): number {
    const untilMax = Math.ceil((Date.parse(expiresAt) - Date.now()) / 1000);
    return Math.max(1, Math.min(this.idleSeconds, untilMax));
  }
}
