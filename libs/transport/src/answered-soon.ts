const PATIENCE_MS = 1_000;

/** The answer, or undefined where there is none within a second: for what is only shown, and must not hold up the rest. */
export async function answeredSoon<T>(asked: Promise<T>, patienceMs = PATIENCE_MS): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), patienceMs)));
  try {
    return await Promise.race([asked.catch(() => undefined), late]);
  } finally {
    clearTimeout(timer);
  }
}
