import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newPerson, type Person } from './person';

/** What statements made of an account's users and roles. */
export interface KeptPeople {
  people: Person[];
  roles: string[];
  /** Those of the roles that have MANAGE GRANTS on the account. */
  managers?: string[];
}

/** A file beside the account's data; who can read it can read the data too. */
export class PeopleFile {
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly directory: string) {}

  async read(): Promise<KeptPeople> {
    const text = await readFile(this.path, 'utf8').catch(() => undefined);
    if (text === undefined) return { people: [], roles: [] };
    const { people, ...rest } = JSON.parse(text) as KeptPeople;
    return { people: people.map((person) => newPerson(person.name, person)), ...rest };
  }

  /** One after the other; the file is whole at every moment. */
  write(kept: KeptPeople): Promise<void> {
    const text = JSON.stringify(kept);
    this.writing = this.writing.then(async () => {
      await mkdir(this.directory, { recursive: true });
      await writeFile(`${this.path}.new`, text, { mode: 0o600 });
      await rename(`${this.path}.new`, this.path);
    });
    return this.writing;
  }

  private get path(): string {
    return join(this.directory, 'people.json');
  }
}
