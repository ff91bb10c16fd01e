import fc from 'fast-check';
import { Logger, pino } from 'pino';
import { errorForLog, withoutQuoted } from './error-for-log';
import { loggerOptions } from './logging.module';

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

  it('says where an error came from', () => {
    expect(errorForLog(new TypeError('no'))).toMatchObject({
      type: 'TypeError',
      message: 'no',
      frames: expect.arrayContaining([expect.stringContaining('logging.spec')]),
    });
  });
});
