import { z } from 'zod';
import type { ContainerEngine } from './container-engine';

/** What the program of a container may do, as the kernel says and as an attempt shows. */
const rights = z.object({
  capabilities: z.string(),
  user: z.string(),
  noNewPrivileges: z.string(),
  writable: z.array(z.string()),
});
type Rights = z.infer<typeof rights>;

/** Of the first process. Where it could write to the image, the attempt would succeed. */
const QUESTION = `JSON.stringify((() => {
  const status = fs.readFileSync('/proc/1/status', 'utf8');
  const line = (name) => new RegExp('^' + name + ':\\\\s*(\\\\w+)', 'm').exec(status)?.[1] ?? '';
  const writable = ['/', '/app', '/usr/local/bin', '/etc'].filter((folder) => {
    try { fs.writeFileSync(folder + '/written', ''); return true; } catch (error) { return error.code !== 'EROFS'; }
  });
  return { capabilities: line('CapEff'), user: line('Uid'), noNewPrivileges: line('NoNewPrivs'), writable };
})())`;

/** What is said where no container may do more than it should. */
export const RESTRICTED = 'Each has a read-only root, no capability, user 1000 and no way to more privileges.';

/** What a container may do that it should not, in sentences. */
export function rightProblems(engine: ContainerEngine, container: string): string[] {
  return problemsOf(rights.parse(JSON.parse(engine.evaluate(container, QUESTION)))).map(
    (problem) => `${container} ${problem}`,
  );
}

export function problemsOf({ capabilities, user, noNewPrivileges, writable }: Rights): string[] {
  const faults: [boolean, string][] = [
    [!/^0+$/.test(capabilities), `has the capabilities ${capabilities}`],
    [user !== '1000', `runs as user ${user}`],
    [noNewPrivileges !== '1', 'may gain privileges'],
    [writable.length > 0, `may write to ${writable.join(', ')}`],
  ];
  return faults.filter(([isSo]) => isSo).map(([, fault]) => fault);
}
