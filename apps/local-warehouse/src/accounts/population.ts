import { alreadyExists } from '../commands/ddl/object-errors';
import { objectNotFound } from '../statements/warehouse-error';
import { type KeptPeople, PeopleFile } from './people-file';
import { newPerson, type Person } from './person';
import { systemManagers, systemRoles } from './roles';

/** The users and roles of one account. */
export class Population {
  private readonly people: Map<string, Person>;
  private readonly roles: Set<string>;
  /** Roles with MANAGE GRANTS on the account. */
  private readonly managers: Set<string>;

  private constructor(
    builtIn: readonly Person[],
    private readonly file: PeopleFile,
    kept: KeptPeople,
  ) {
    this.people = new Map([...builtIn, ...kept.people].map((person) => [person.name, person]));
    this.roles = new Set([...systemRoles, ...kept.roles]);
    this.managers = new Set([...systemManagers, ...(kept.managers ?? [])]);
  }

  static async open(builtIn: readonly Person[], directory: string): Promise<Population> {
    const file = new PeopleFile(directory);
    return new Population(builtIn, file, await file.read());
  }

  find(name: string): Person | undefined {
    return this.people.get(name);
  }

  all(): Person[] {
    return [...this.people.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  allRoles(): string[] {
    return [...this.roles].sort();
  }

  /** Throws as Snowflake does for what does not exist. */
  person(name: string): Person {
    const person = this.people.get(name);
    if (!person) throw objectNotFound('User', name);
    return person;
  }

  role(name: string): string {
    if (!this.roles.has(name)) throw objectNotFound('Role', name);
    return name;
  }

  async addPerson(name: string, parts: Partial<Person>): Promise<void> {
    if (this.people.has(name)) throw alreadyExists(name);
    this.people.set(name, newPerson(name, parts));
    await this.keep();
  }

  async change(name: string, change: (person: Person) => void): Promise<void> {
    change(this.person(name));
    await this.keep();
  }

  async dropPerson(name: string): Promise<void> {
    this.people.delete(this.person(name).name);
    await this.keep();
  }

  async addRole(name: string): Promise<void> {
    if (this.roles.has(name)) throw alreadyExists(name);
    this.roles.add(name);
    await this.keep();
  }

  grantManagers(): string[] {
    return [...this.managers].sort();
  }

  async setManaging(name: string, manages: boolean): Promise<void> {
    if (manages) this.managers.add(this.role(name));
    else this.managers.delete(this.role(name));
    await this.keep();
  }

  async dropRole(name: string): Promise<void> {
    this.roles.delete(this.role(name));
    this.managers.delete(name);
    for (const person of this.people.values()) person.roles = person.roles.filter((role) => role !== name);
    await this.keep();
  }

  private keep(): Promise<void> {
    const people = this.all().filter(({ isBuiltIn }) => !isBuiltIn);
    const made = (roles: string[]) => roles.filter((role) => !systemRoles.includes(role));
    return this.file.write({ people, roles: made(this.allRoles()), managers: made(this.grantManagers()) });
  }
}
