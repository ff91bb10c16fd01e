import { assertSlug } from './slug';

const isTaken = (slug: string) => {
  try {
    assertSlug(slug);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'VALIDATION', details: { errors: [{ path: 'slug' }] } });
    return false;
  }
};

describe('Slugs', () => {
  it('are lower-case letters, digits and single hyphens between them', () => {
    expect(['abc', 'a-b', '2024-orders', 'a'.repeat(60)].map(isTaken)).toEqual([true, true, true, true]);
    const wrong = ['ab', 'a'.repeat(61), 'Abc', '-ab', 'ab-', 'a--b', 'a_b', 'a b', 'ä-b', 'a/b', 'a.b', ''];
    expect(wrong.filter(isTaken)).toEqual([]);
  });

  it('are no words that the API keeps', () => {
    expect(['runs', 'admin', 'openapi-json'].filter(isTaken)).toEqual([]);
  });
});
