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

/** The text with everything in quotes replaced by an ellipsis; an open quote takes the rest with it. */
export function withoutQuoted(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*(?:"|$)/gs, '"…"').replace(/(?<![A-Za-z])'(?:[^'\\]|''|\\.)*(?:'|$)/gs, "'…'");
}
