import type { Operation } from './api-operations';
import { complaintsAbout } from './complaints';
import type { FuzzRequest } from './fuzz-request';
import type { FuzzAnswer } from './fuzz-sender';
import { ResponseSchemas } from './response-schemas';

const schemas = new ResponseSchemas({ paths: {}, components: { schemas: {} } });
const operation: Operation = {
  name: 'get /auth/me',
  method: 'get',
  path: '/api/v1/auth/me',
  parameters: [],
  body: undefined,
  knownBy: [],
  statuses: ['200'],
};
const request: FuzzRequest = {
  operation,
  caller: 'builder',
  kind: 'sound',
  method: 'GET',
  path: operation.path,
  headers: {},
  body: undefined,
};
const headers = {
  'content-security-policy': "default-src 'self'",
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=1',
  'x-correlation-id': 'a',
};
const answered = (tookMs: number): FuzzAnswer => ({ status: 200, headers, text: '', tookMs, broke: undefined });

describe('Complaints of the fuzz', () => {
  it('are none about an answer within fifteen seconds, and one about what comes later', () => {
    expect(complaintsAbout(request, answered(14_999), schemas)).toEqual([]);
    expect(complaintsAbout(request, answered(15_000), schemas)).toEqual(['hangs']);
  });

  it('tell an answer that never came from a connection that was cut', () => {
    const broken = (tookMs: number) => ({ ...answered(tookMs), status: 0, headers: {}, broke: 'SocketError: closed' });
    expect(complaintsAbout(request, broken(15_000), schemas)).toEqual(['hangs']);
    expect(complaintsAbout(request, broken(10), schemas)).toEqual(['no answer: SocketError: closed']);
  });
});
