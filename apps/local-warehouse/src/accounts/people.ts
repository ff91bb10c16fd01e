import { newPerson, type Person } from './person';

export interface AccountSettings {
  /** What people type as the account. */
  name: string;
  locator: string;
  people: readonly Person[];
  /** Opened when somebody first signs in, with little memory. */
  isLight: boolean;
}

export const organization = 'SNOWFLOW';
export const region = 'LOCAL';
export const warehouses = ['DEMO_WH', 'LOAD_WH'] as const;
/** What each of them calls its size. */
export const warehouseSize = 'X-Small';

const ADMIN_ROLES = ['ACCOUNTADMIN', 'SYSADMIN', 'ANALYST'];
const PEOPLE_OF_EXTRA_ACCOUNT = 10;

const builtIn = (name: string, parts: Partial<Person>): Person =>
  newPerson(name.toUpperCase(), { password: name, isBuiltIn: true, ...parts });
const admin = (name: string) => builtIn(name, { roles: [...ADMIN_ROLES], defaultRole: 'SYSADMIN' });
const analyst = (name: string, parts: Partial<Person> = {}) =>
  builtIn(name, { roles: ['ANALYST'], defaultRole: 'ANALYST', ...parts });

const padded = (prefix: string, index: number, digits: number) => `${prefix}${String(index + 1).padStart(digits, '0')}`;

const extraAccount = (index: number): AccountSettings => {
  const name = padded('T', index, 3);
  const people = Array.from({ length: PEOPLE_OF_EXTRA_ACCOUNT }, (_, person) => admin(padded('u', person, 2)));
  return { name, locator: name, people, isLight: true };
};

/** The accounts this process serves. Their passwords are public: they guard nothing but generated data. */
export function accountSettings(extraAccounts: number): AccountSettings[] {
  return [
    {
      name: 'DEMO',
      locator: 'DEMO',
      isLight: false,
      people: [
        admin('demo'),
        analyst('analyst'),
        analyst('mfa', { secondFactor: { passcode: '123456' } }),
        analyst('walled', { isWalled: true }),
      ],
    },
    { name: 'DEMO2', locator: 'DEMO2', isLight: false, people: [admin('demo2'), admin('demo')] },
    ...Array.from({ length: extraAccounts }, (_, index) => extraAccount(index)),
  ];
}
