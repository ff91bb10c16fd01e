import { useForm } from 'react-hook-form';
import type { OutsideHost } from '../../../api/outside';
import { Button } from '../../../components/Button';
import { Dialog } from '../../../components/Dialog';
import { TextField } from '../../../components/TextField';
import { FormFailure } from '../FormFailure';
import { SelectField } from '../SelectField';
import { zodResolver } from '../zod-resolver';
import { hostOfValues, hostSchema, type HostValues, hostValues, NEW_HOST } from './host-form';
import { useSaveOutsideHosts } from './use-outside';

interface HostDialogProps {
  hosts: readonly OutsideHost[];
  /** The place of the host in the list; at its end for a new one. */
  at: number;
  onClose: () => void;
}

/** One host of the list: where in it workflows may call, how, and what may leave for it. */
export function HostDialog({ hosts, at, onClose }: HostDialogProps) {
  const before = hosts[at];
  const defaultValues = before ? hostValues(before) : NEW_HOST;
  const form = useForm<HostValues>({ resolver: zodResolver(hostSchema), defaultValues });
  const save = useSaveOutsideHosts();
  const submit = form.handleSubmit((values) => {
    const list = [...hosts];
    list[at] = hostOfValues(values);
    save.mutate(list, { onSuccess: onClose });
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={before ? `Change ${before.host}` : 'Allow a host'}
      description="Workflows of this account may call it, where the operator of this installation allows it, too."
    >
      <form className="settings-form" onSubmit={(event) => void submit(event)} noValidate>
        <FormFailure title="The list was not saved." error={save.error} />
        <TextField
          label="Host"
          mono
          autoComplete="off"
          spellCheck={false}
          placeholder="agent.example.com"
          hint="Exact, or .example.com for all below."
          error={form.formState.errors.host?.message}
          {...form.register('host')}
        />
        <TextField
          label="Paths"
          note="optional"
          mono
          autoComplete="off"
          placeholder="/v1, /tickets"
          hint="Beginnings, with commas between. Without them every path."
          {...form.register('paths')}
        />
        <TextField
          label="Methods"
          note="optional"
          mono
          autoComplete="off"
          placeholder="GET, POST"
          hint="GET, POST, PUT, PATCH or DELETE. An MCP server needs POST. Without them every method."
          {...form.register('methods')}
        />
        <SelectField
          label="Values from Snowflake"
          hint="Values that reach a node or that earlier nodes gave."
          {...form.register('data')}
        >
          <option value="none">Never leave for it</option>
          <option value="fields">Leave by field</option>
          <option value="all">May leave for it</option>
        </SelectField>
        {form.watch('data') === 'fields' && (
          <TextField
            label="Fields that may leave"
            mono
            autoComplete="off"
            placeholder="rowCount, answer"
            hint="As templates name them: total allows {{ value.total }} and {{ nodes.sum.total }}."
            {...form.register('fields')}
          />
        )}
        <div className="settings-actions">
          <Button type="submit" look="primary" aria-busy={save.isPending}>
            {before ? 'Save host' : 'Allow host'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
