import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Server, UserRound } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { meQuery } from './me-query';
import { RoleSignInDialog } from './RoleSignInDialog';
import { useSwitchContext } from './use-switch-context';
import '../../components/Menu.css';

/** Role and warehouse that everything from here on runs with. */
export function ContextPicker() {
  const { data: me } = useQuery(meQuery);
  const { change, isPending, needed, dismiss } = useSwitchContext();
  if (!me) return null;
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button button-default button-md context-picker" aria-busy={isPending}>
          <Server size={14} aria-hidden />
          <span className="visually-hidden">Role and warehouse: {me.role ?? 'no role'}, </span>
          <span className="mono">{me.warehouse ?? 'No warehouse'}</span>
          <ChevronDown size={14} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
            <DropdownMenu.Label className="menu-label">Role</DropdownMenu.Label>
            <DropdownMenu.RadioGroup value={me.role ?? ''} onValueChange={(role) => change({ role })}>
              {me.roles.map((role) => (
                <DropdownMenu.RadioItem key={role} value={role} className="menu-item">
                  <UserRound size={14} aria-hidden /> <span className="mono">{role}</span>
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
            <DropdownMenu.Separator className="menu-separator" />
            <DropdownMenu.Label className="menu-label">Warehouse</DropdownMenu.Label>
            <DropdownMenu.RadioGroup value={me.warehouse ?? ''} onValueChange={(warehouse) => change({ warehouse })}>
              {me.warehouses.map((warehouse) => (
                <DropdownMenu.RadioItem key={warehouse} value={warehouse} className="menu-item">
                  <Server size={14} aria-hidden /> <span className="mono">{warehouse}</span>
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {needed && <RoleSignInDialog needed={needed} onClose={dismiss} />}
    </>
  );
}
