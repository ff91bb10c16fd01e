/** What a log line says about an error: kinds, codes and where, but no text that could quote a value. */
export interface ErrorForLog {
  type: string;
  code?: string;
  message: string;
  frames?: string[];
  cause?: ErrorForLog;
}

const FRAMES = 12;
const CAUSES = 3;

/**
 * Messages quote values ("Numeric value 'jane@…' is not recognized", `Unexpected token in "{…"`), so quoted parts are cut out of them;
 * further properties (the row of a Postgres error, a request's options) are left out altogether.
 */
export function errorForLog(error: unknown, depth = 0): ErrorForLog {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Something that is no Error was thrown' };
  const { code } = error as { code?: unknown };
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    message: withoutQuoted(error.message),
    frames: error.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, FRAMES)
      .map((line) => line.trim()),
    ...(error.cause !== undefined && depth < CAUSES ? { cause: errorForLog(error.cause, depth + 1) } : {}),
  };
}

/**
 * The text without what lies between its first and its last quote: values hold quotes themselves, so nothing between is trusted.
 * A lone quote takes the rest with it; an apostrophe within a word is none.
 */
export function withoutQuoted(text: string): string {
  return text.replace(/(?:"|(?<![A-Za-z])')(?:.*["']|.*$)/s, "'…'");
}
