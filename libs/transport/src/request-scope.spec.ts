import { currentContext, currentIdempotencyKey, currentPerson, runInScope } from './request-scope';

const context = { correlationId: 'c', tenantId: 't', sessionId: 's', userId: 'u' };

describe('the scope of a request', () => {
  it('is seen after awaits and not by others', async () => {
    const seen = await Promise.all(
      ['a', 'b'].map((correlationId) =>
        runInScope({ context: { correlationId } }, async () => {
          await Promise.resolve();
          return currentContext().correlationId;
        }),
      ),
    );
    expect(seen).toEqual(['a', 'b']);
    expect(() => currentContext()).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  it('names the signed-in person, and asks to sign in where there is none', () => {
    expect(runInScope({ context }, currentPerson)).toEqual(context);
    const anonymous = { context: { correlationId: 'c' } };
    expect(() => runInScope(anonymous, currentPerson)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  it('carries the idempotency key, if there is one', () => {
    expect(runInScope({ context, idempotencyKey: 'k' }, currentIdempotencyKey)).toBe('k');
    expect(runInScope({ context }, currentIdempotencyKey)).toBeUndefined();
    expect(currentIdempotencyKey()).toBeUndefined();
  });
});
