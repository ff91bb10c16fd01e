import { likePattern } from './like-pattern';

describe('likePattern', () => {
  it.each([
    ['A%', 'abc', true],
    ['a_c', 'ABC', true],
    ['a.c', 'abc', false],
    ['a\\_c', 'a_c', true],
    ['a\\_c', 'abc', false],
    ['%(x)%', 'f(x)', true],
  ])('%s against %s is %s', (pattern, text, matches) => {
    expect(likePattern(pattern, 'i').test(text)).toBe(matches);
  });
});
