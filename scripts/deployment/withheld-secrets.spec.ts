import { type App, SENSITIVE, SERVICES, WAREHOUSE } from '@snowflow/platform/launch/apps';
import { PROGRAMS } from '../configuration-page';

describe('What npm start withholds from programs', () => {
  const apps: readonly App[] = [...SERVICES, WAREHOUSE];

  it('is every secret that the program does not read', () => {
    const secrets = Object.values(PROGRAMS).flatMap((schema) =>
      Object.entries(schema)
        .filter(([, { secret }]) => secret)
        .map(([name]) => name),
    );
    expect(SENSITIVE).toEqual(expect.arrayContaining(secrets));
  });

  it.each(apps)('is nothing that $name reads', ({ name, needs }) => {
    const read = SENSITIVE.filter((variable) => variable in (PROGRAMS[name] ?? {}));
    expect([...needs].sort()).toEqual([...read].sort());
  });
});
