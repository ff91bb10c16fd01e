import { ERROR_CODES, isErrorCode } from '@snowflow/contracts/errors/error-codes';
import type { FuzzRequest } from './fuzz-request';
import { type FuzzAnswer, HANG_MS } from './fuzz-sender';
import type { ResponseSchemas } from './response-schemas';

/** What no answer may hold: where code lies, what it threw, what a database said, how others are reached. */
const TRACES: readonly RegExp[] = [
  /node_modules|\/dist\/(apps|libs)\//,
  /\bat [\w.<>[\] ]+ \(?(file:|node:|\/)[^\s]+:\d+:\d+/,
  /(TypeError|ReferenceError|RangeError|SyntaxError): /,
];
/** What no refusal may hold beside. */
const INSIDES: readonly RegExp[] = [
  /violates [a-z -]*constraint|relation "|invalid byte sequence|invalid input syntax for|unsupported Unicode escape/i,
  /\b(postgres(ql)?|redis):\/\//,
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE/,
  /\b(auth|workflow)\.(workflows|revisions|runs|members|tenants|api_keys|audit_entries)\b/,
];
/** The statuses from 500 on that say of somebody else that they failed. */
const OF_OTHERS = new Set([502, 503, 504]);

interface ProblemBody {
  code?: unknown;
  status?: unknown;
  detail?: unknown;
  correlationId?: unknown;
}

/** Everything that is wrong with an answer. */
export function complaintsAbout(request: FuzzRequest, answer: FuzzAnswer, schemas: ResponseSchemas): string[] {
  if (answer.broke !== undefined) return [answer.tookMs >= HANG_MS / 2 ? 'hangs' : `no answer: ${answer.broke}`];
  const found = [...headersOf(request, answer), ...leaksOf(request, answer)];
  if (answer.tookMs >= HANG_MS) found.push('hangs');
  if (answer.status >= 400) return [...found, ...refusal(request, answer)];
  if (request.method !== request.operation.method.toUpperCase() || request.kind === 'broken') return found;
  return [...found, ...success(request, answer, schemas)];
}

function headersOf({ path }: FuzzRequest, { headers }: FuzzAnswer): string[] {
  const wanted = ['content-security-policy', 'x-content-type-options', 'strict-transport-security', 'x-correlation-id'];
  const lacking = wanted.filter((name) => !headers[name]);
  if ('x-injected' in headers) return [`a header of the sender's comes back on ${path}`];
  return lacking.length > 0 ? [`lacks ${lacking.join(', ')}`] : [];
}

function leaksOf(request: FuzzRequest, { status, text }: FuzzAnswer): string[] {
  const sent = request.body?.toString() ?? '';
  const traces = [...TRACES, ...(status >= 400 ? INSIDES : [])].filter(
    (trace) => trace.test(text) && !trace.test(sent) && !trace.test(decoded(request.path)),
  );
  return traces.map((trace) => `tells of its insides: ${trace.exec(text)?.[0].slice(0, 80)}`);
}

function refusal({ method }: FuzzRequest, { status, headers, text }: FuzzAnswer): string[] {
  if (method === 'HEAD') return status >= 500 && !OF_OTHERS.has(status) ? [`${status} to HEAD`] : [];
  const problem = problemIn(text);
  if (!problem || !headers['content-type']?.startsWith('application/problem+json'))
    return [`${status} without a problem document`];
  const { code, detail, correlationId } = problem;
  const found: string[] = [];
  if (!isErrorCode(code) || ERROR_CODES[code].status !== status) found.push(`${status} with the code ${String(code)}`);
  if (problem.status !== status || typeof detail !== 'string' || detail === '') found.push(`${status} says too little`);
  if (correlationId !== headers['x-correlation-id']) found.push(`${status} has two correlation ids`);
  if (status >= 500 && (!OF_OTHERS.has(status) || code === 'UNKNOWN_PATTERN')) found.push(`${status} ${String(code)}`);
  // Whoever does not know what became of it is to look before asking again, at no given time.
  if ((status === 503 || status === 429) && code !== 'OUTCOME_UNKNOWN' && !(Number(headers['retry-after']) > 0))
    found.push(`${status} ${String(code)} without Retry-After`);
  return found;
}

function success(
  { operation }: FuzzRequest,
  { status, headers, text }: FuzzAnswer,
  schemas: ResponseSchemas,
): string[] {
  if (operation.statuses.length > 0 && !operation.statuses.includes(String(status)))
    return [`${status} is not in the document`];
  if (text === '') return [];
  const complaint = schemas.complaint(operation, status, headers['content-type'] ?? '', text);
  return complaint === undefined ? [] : [`${status} is not as the document says:${complaint}`];
}

function problemIn(text: string): ProblemBody | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
