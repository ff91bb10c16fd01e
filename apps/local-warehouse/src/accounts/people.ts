/** A role of an account; a role inherits what the roles it was granted may do. */
export type RoleName = 'ACCOUNTADMIN' | 'SYSADMIN' | 'ANALYST' | 'PUBLIC';

export interface Person {
  name: string;
  password: string;
  roles: readonly RoleName[];
  defaultRole: RoleName;
}

export interface AccountSettings {
  /** What people type as the account. */
  name: string;
  locator: string;
  people: readonly Person[];
}

export const organization = 'SNOWFLOW';
export const region = 'LOCAL';
export const warehouses = ['DEMO_WH', 'LOAD_WH'] as const;

const admin = (name: string): Person => ({
  name: name.toUpperCase(),
  password: name,
  roles: ['ACCOUNTADMIN', 'SYSADMIN', 'ANALYST'],
  defaultRole: 'SYSADMIN',
});

/** The two accounts this process serves. Their passwords are public: they guard nothing but generated data. */
export const accountSettings: readonly AccountSettings[] = [
  {
    name: 'DEMO',
    locator: 'DEMO',
    people: [admin('demo'), { name: 'ANALYST', password: 'analyst', roles: ['ANALYST'], defaultRole: 'ANALYST' }],
  },
  { name: 'DEMO2', locator: 'DEMO2', people: [admin('demo2'), admin('demo')] },
];
