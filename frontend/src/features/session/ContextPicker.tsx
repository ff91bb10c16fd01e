import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronDown, Server, UserRound } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { messageOf } from '../../api/api-error';
import { switchContext } from '../../api/auth';
import { showToast } from '../../components/toast-store';
import { meQuery } from './me-query';
import '../../components/Menu.css';

/** Role and warehouse that everything from here on runs with. */
export function ContextPicker() {
  const { data: me } = useQuery(meQuery);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: switchContext,
    onSuccess: async (_session, { role }) => {
      await queries.invalidateQueries({ queryKey: ['me'] });
      // Another role sees other objects.
      if (role) await queries.invalidateQueries({ queryKey: ['catalog'] });
    },
    onError: (error) => showToast(messageOf(error)),
  });
  if (!me) return null;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button button-default button-md context-picker" aria-busy={change.isPending}>
        <Server size={14} aria-hidden />
        <span className="visually-hidden">Role and warehouse: {me.role ?? 'no role'}, </span>
        <span className="mono">{me.warehouse ?? 'No warehouse'}</span>
        <ChevronDown size={14} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Label className="menu-label">Role</DropdownMenu.Label>
          <DropdownMenu.RadioGroup value={me.role ?? ''} onValueChange={(role) => change.mutate({ role })}>
            {me.roles.map((role) => (
              <DropdownMenu.RadioItem key={role} value={role} className="menu-item">
                <UserRound size={14} aria-hidden /> <span className="mono">{role}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-separator" />
          <DropdownMenu.Label className="menu-label">Warehouse</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={me.warehouse ?? ''}
            onValueChange={(warehouse) => change.mutate({ warehouse })}
          >
            {me.warehouses.map((warehouse) => (
              <DropdownMenu.RadioItem key={warehouse} value={warehouse} className="menu-item">
                <Server size={14} aria-hidden /> <span className="mono">{warehouse}</span>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
