import type { FuzzRequest } from './fuzz-request';
import type { FuzzAnswer } from './fuzz-sender';

/** The answers of one route. */
export interface RouteCount {
  served: number;
  /** By status. */
  statuses: Map<number, number>;
}

/** A complaint, how often it came, and the first requests that it is about. */
export interface Complaint {
  times: number;
  samples: string[];
}

const SAMPLES = 3;
const SHOWN_CHARS = 400;

/** What a fuzz has seen so far. */
export class Census {
  readonly routes = new Map<string, RouteCount>();
  readonly complaints = new Map<string, Complaint>();
  readonly statuses = new Map<string, number>();
  readonly times: number[] = [];
  sent = 0;
  signedIn = 0;
  /** Of those who are signed in: not let in, or told to wait. */
  turnedAway = 0;
  served = 0;

  take(request: FuzzRequest, answer: FuzzAnswer, found: readonly string[], place: string): void {
    const { operation, caller } = request;
    this.sent += 1;
    this.times.push(answer.tookMs);
    const route = this.routes.get(operation.name) ?? { served: 0, statuses: new Map<number, number>() };
    this.routes.set(operation.name, route);
    route.statuses.set(answer.status, (route.statuses.get(answer.status) ?? 0) + 1);
    const isServed = answer.status >= 200 && answer.status < 400;
    // A path or method of its own is another route's answer.
    if (isServed && request.kind !== 'broken') route.served += 1;
    if (isServed) this.served += 1;
    // Snowflake refuses credentials by 401, too.
    const isPerson = ['builder', 'admin', 'other-tenant', 'viewer'].includes(caller);
    if (isPerson && !operation.knownBy.includes('api-key') && !operation.knownBy.includes('embed-token')) {
      this.signedIn += 1;
      if ((answer.status === 401 && codeIn(answer.text) !== 'SNOWFLAKE_LOGIN_FAILED') || answer.status === 429)
        this.turnedAway += 1;
    }
    const status =
      answer.status >= 500 ? `${answer.status} ${codeIn(answer.text)} ${operation.name}` : String(answer.status);
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    for (const one of found) this.complain(`${operation.name}: ${one}`, request, answer, place);
  }

  complain(what: string, request: FuzzRequest, answer: FuzzAnswer, place: string): void {
    const complaint = this.complaints.get(what) ?? { times: 0, samples: [] };
    this.complaints.set(what, complaint);
    complaint.times += 1;
    if (complaint.samples.length >= SAMPLES) return;
    const { method, path, caller, kind, headers, body } = request;
    // Tokens would only be noise, and are secrets.
    const { authorization: _, 'x-api-key': __, ...others } = headers;
    const asked = `${place} ${kind} ${caller} ${method} ${path.slice(0, SHOWN_CHARS)} ${JSON.stringify(others).slice(0, SHOWN_CHARS)} ${body?.toString().slice(0, SHOWN_CHARS) ?? ''}`;
    complaint.samples.push(`${asked}\n      ${answer.status} ${answer.text.slice(0, SHOWN_CHARS)}`);
  }
}

const codeIn = (text: string) => /"code":"([A-Z_]+)"/.exec(text)?.[1] ?? '';
