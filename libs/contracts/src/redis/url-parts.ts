/** The parameters behind the question mark, decoded; `+` is itself, for it stands in passwords. Throws at one that is not `known`. */
export function parametersOf(query: string, known: readonly string[]): Readonly<Record<string, string | undefined>> {
  const parts = query.replace(/^\?/, '').split('&').filter(Boolean);
  return Object.fromEntries(
    parts.map((part) => {
      const [name = '', ...value] = part.split('=');
      if (!known.includes(name)) throw new Error(`has a parameter that is none of ${known.join(', ')}`);
      return [name, decoded(value.join('='))];
    }),
  );
}

/** User and password, without what is empty: a password alone is that of Redis' default user. */
export function credentialsOf(username = '', password = ''): { username?: string; password?: string } {
  return {
    ...(username ? { username: decoded(username) } : {}),
    ...(password ? { password: decoded(password) } : {}),
  };
}

/** The number of a database, 0 where there is none. */
export function databaseOf(text = ''): number {
  if (!/^\d{0,5}$/.test(text)) throw new Error('has a database that is no number');
  return Number(text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('has a % that begins no code of a character: write %25 for it');
  }
}
