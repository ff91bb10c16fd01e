import { problemsOf } from './container-rights';

const restricted = { capabilities: '0000000000000000', user: '1000', noNewPrivileges: '1', writable: [] };

describe('What a container may do', () => {
  it('is no problem with a read-only root, no capability, user 1000 and no way to more', () => {
    expect(problemsOf(restricted)).toEqual([]);
  });

  it.each([
    [{ capabilities: '00000000a80425fb' }, 'has the capabilities 00000000a80425fb'],
    [{ capabilities: '' }, 'has the capabilities '],
    [{ user: '0' }, 'runs as user 0'],
    [{ noNewPrivileges: '0' }, 'may gain privileges'],
    [{ writable: ['/', '/app'] }, 'may write to /, /app'],
  ])('is told where it is more: %j', (more, sentence) => {
    expect(problemsOf({ ...restricted, ...more })).toEqual([sentence]);
  });
});
