import fc from 'fast-check';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger, pino } from 'pino';
import { pinoHttp } from 'pino-http';
import { errorForLog, withoutQuoted } from './error-for-log';
import { httpOptions, loggerOptions } from './logging.module';
import { noteRequest } from './request-note';

const canary = 'jane@example.com';

function logged(write: (logger: Logger) => void): string {
  let text = '';
  write(
    pino(
      loggerOptions({
        service: 'spec',
        level: 'info',
        scope: () => ({ correlationId: 'cor_1', tenantId: 'ten_1', runId: 'run_1' }),
      }),
      {
        write: (line) => (text += line),
      },
    ),
  );
  return text;
}

describe('A log line', () => {
  it('carries service and level, and correlation, tenant and run of what is being done', () => {
    expect(JSON.parse(logged((logger) => logger.info('hello')))).toMatchObject({
      service: 'spec',
      level: 'info',
      correlationId: 'cor_1',
      tenantId: 'ten_1',
      runId: 'run_1',
      msg: 'hello',
    });
  });

  it('holds no secret by key and no value that an error quotes or carries', () => {
    const error = Object.assign(
      new Error(`Numeric value '${canary}' is not recognized`, { cause: new Error(`"${canary}"`) }),
      {
        detail: `Key (email)=(${canary}) already exists`,
        code: '23505',
      },
    );
    const text = logged((logger) => {
      logger.error(error);
      logger.error({ err: error });
      logger.error({ err: error }, `Failed at "${canary}"`);
      logger.warn(`Unexpected token in '${canary}'`);
      logger.info({
        headers: { authorization: canary, cookie: canary },
        password: canary,
        account: { passcode: canary },
      });
    });
    expect(text).not.toContain(canary);
    expect(text).toContain('23505');
    expect(text).toContain('is not recognized');
  });

  it('leaves nothing of a quoted value, whatever quotes it holds itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('"', "'"), (value, quote) => {
        expect(withoutQuoted(`Value ${quote}${value}${quote} is wrong`)).toBe("Value '…' is wrong");
      }),
    );
    expect(withoutQuoted("can't read 'x")).toBe("can't read '…'");
  });

  it('that ends an HTTP request says what was noted of it, once, whoever is served at that moment', async () => {
    let text = '';
    const scope = () => ({ correlationId: 'cor_other', tenantId: 'ten_other' });
    const log = pinoHttp(httpOptions({ service: 'spec', level: 'debug', scope }), { write: (line) => (text += line) });
    const server = createServer((request, response) => {
      log(request, response);
      noteRequest(request, { correlationId: 'cor_1', traceId: 'tra_1' });
      noteRequest(request, { tenantId: 'ten_1' });
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path?secret=${canary}`);
    await new Promise((resolve) => server.close(resolve));
    expect(JSON.parse(text)).toMatchObject({
      correlationId: 'cor_1',
      tenantId: 'ten_1',
      traceId: 'tra_1',
      req: { method: 'GET', path: '/path' },
      res: { status: 200 },
    });
    expect(text).not.toMatch(/other|secret|correlationId.*correlationId/);
  });

  it('says where an error came from', () => {
    expect(errorForLog(new TypeError('no'))).toMatchObject({
      type: 'TypeError',
      message: 'no',
      frames: expect.arrayContaining([expect.stringContaining('logging.spec')]),
    });
  });
});
