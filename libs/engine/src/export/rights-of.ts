import type { ExportTarget, ObjectName } from './exported';
import type { TouchedObject } from './plan-access';

/** What is about to be made, and by which role. */
export interface RightsTarget {
  target: ExportTarget;
  name?: ObjectName;
  /** The role that makes it and so owns it; null where Snowflake's default role does. */
  role: string | null;
  /** Secondary roles of the session: they help whoever makes it, but nothing that runs as its owner. */
  secondaryRoles: 'NONE' | 'ALL';
  warehouse?: string | null;
  secure?: boolean;
  reads: readonly TouchedObject[];
  writes: readonly TouchedObject[];
}

/** Whose rights readers and executions will have. */
export interface Rights {
  /** Whose rights decide: the owning role's, the caller's, or those of whoever runs the script. */
  decidedBy: 'owner' | 'caller' | 'runner';
  /** The role that will own what is made. */
  role: string | null;
  /** In one sentence, whom a reader effectively becomes. */
  summary: string;
  /** What follows from it, a sentence each. */
  consequences: string[];
  /** What the making role needs, besides its rights to what is read and written. */
  needs: string[];
  reads: TouchedObject[];
  writes: TouchedObject[];
}

/** A view and a task work with the rights of the role that owns them, a procedure with its caller's. Said before any is made. */
export function rightsOf(made: RightsTarget): Rights {
  const role = made.role ?? 'your default role';
  const { decidedBy, summary, consequences, needs } = BY_TARGET[made.target](made, role);
  return {
    decidedBy,
    role: made.role,
    summary,
    consequences: [...consequences, ...secondary(made, decidedBy, role)],
    needs,
    reads: [...made.reads],
    writes: [...made.writes],
  };
}

type Said = Pick<Rights, 'decidedBy' | 'summary' | 'consequences' | 'needs'>;

const BY_TARGET: Readonly<Record<ExportTarget, (made: RightsTarget, role: string) => Said>> = {
  sql: () => ({
    decidedBy: 'runner',
    summary: 'Nothing is made. Whoever runs the script runs it with their own rights.',
    consequences: [],
    needs: [],
  }),
  view: ({ secure, name }, role) => ({
    decidedBy: 'owner',
    summary: `Everyone who may select from the view reads what ${role} may read, without a grant on what it is over.`,
    consequences: [
      'Masking and row access policies that ask CURRENT_ROLE() see the reader’s role; those that ask INVOKER_ROLE() see ' +
        `${role}.`,
      secure === true
        ? 'The view is secure: its text is shown to its owner only, and the optimizer takes no shortcut past its filters.'
        : 'Its text, with the values in it, can be read by everyone who may use the view. A secure view hides it.',
      `It stops working when ${role} loses a right to what it reads, and goes on when you lose that role.`,
    ],
    needs: [`USAGE on the database and CREATE VIEW on the schema ${place(name)}`],
  }),
  procedure: ({ name }, role) => ({
    decidedBy: 'caller',
    summary: 'Whoever calls the procedure runs it with their own rights: it shows and changes only what they may.',
    consequences: [
      'Callers need USAGE on the procedure and their own grants on everything it reads and writes.',
      `Its text is owned by ${role}; its values are the caller’s arguments.`,
    ],
    needs: [`USAGE on the database and CREATE PROCEDURE on the schema ${place(name)}`],
  }),
  task: ({ name, warehouse }, role) => ({
    decidedBy: 'owner',
    summary: `Every scheduled run works with the rights of ${role}, whoever made it and whoever is signed in.`,
    consequences: [
      `Who may read the tables it writes reads what ${role} could read.`,
      'Policies that ask for the current role or user see the owner and the system, not you.',
      `It goes on when you lose that role or leave, until ${role} suspends or drops it, and uses the credits of ${warehouse ?? 'its warehouse'}.`,
    ],
    needs: [
      `USAGE on the database and CREATE TASK on the schema ${place(name)}`,
      `EXECUTE TASK on the account and USAGE on the warehouse ${warehouse ?? ''}`.trimEnd(),
    ],
  }),
};

function secondary({ secondaryRoles }: RightsTarget, decidedBy: Rights['decidedBy'], role: string): string[] {
  if (secondaryRoles === 'NONE' || decidedBy !== 'owner') return [];
  return [`Your secondary roles do not count: what ${role} alone may not read, it can’t read.`];
}

const place = (name: ObjectName | undefined) => (name ? `${name.database}.${name.schema}` : '');
