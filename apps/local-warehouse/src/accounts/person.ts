/** A token a person made for programs; the token itself is not kept. */
export interface ProgrammaticToken {
  name: string;
  /** SHA-256 of the token, hex. */
  digest: string;
  /** The one role it may take; undefined: any of the person's. */
  role: string | undefined;
  expiresAtMs: number;
}

/** What may stand between a right password and a session. */
export interface SecondFactor {
  passcode: string;
}

/** A user of an account, as it is at this moment: statements change it. */
export interface Person {
  readonly name: string;
  /** Undefined: nobody signs in by password. */
  password: string | undefined;
  /** Granted directly; roles that these inherit may be taken too. */
  roles: string[];
  defaultRole: string;
  disabled: boolean;
  lockedUntilMs: number;
  failures: number;
  /** RSA_PUBLIC_KEY and RSA_PUBLIC_KEY_2 as base64 of the DER, by their names. */
  publicKeys: Record<string, string>;
  tokens: ProgrammaticToken[];
  secondFactor: SecondFactor | undefined;
  /** A network policy lets this user in from nowhere. */
  isWalled: boolean;
  /** One that everybody knows is not locked by wrong passwords, nor written to disk. */
  readonly isBuiltIn: boolean;
}

export function newPerson(name: string, parts: Partial<Person> = {}): Person {
  return {
    name,
    password: undefined,
    roles: [],
    defaultRole: 'PUBLIC',
    disabled: false,
    lockedUntilMs: 0,
    failures: 0,
    publicKeys: {},
    tokens: [],
    secondFactor: undefined,
    isWalled: false,
    isBuiltIn: false,
    ...parts,
  };
}
