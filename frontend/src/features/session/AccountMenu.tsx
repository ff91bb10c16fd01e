import { useQuery } from '@tanstack/react-query';
import { LogOut, Monitor, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import { chooseTheme, storedTheme, type Theme } from '../theme/theme';
import { meQuery } from './me-query';
import { SignOutDialog } from './SignOutDialog';
import { useSignOut } from './use-sign-out';
import '../../components/Menu.css';
import './AccountMenu.css';

const THEMES = [
  { id: 'light', label: 'Light', Icon: Sun },
  { id: 'dark', label: 'Dark', Icon: Moon },
  { id: 'system', label: 'Like the system', Icon: Monitor },
] as const;

/** Who is signed in; theme and signing out. */
export function AccountMenu({ showName = false }: { showName?: boolean }) {
  const { data: me } = useQuery(meQuery);
  const signOut = useSignOut();
  const [theme, setTheme] = useState<Theme>(storedTheme);
  const name = me?.username ?? '';

  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="account-trigger" title="Account and theme">
          <span className="avatar" aria-hidden>
            {name.slice(0, 2).toUpperCase()}
          </span>
          <span className="visually-hidden">Account menu of </span>
          <span className={showName ? 'account-name' : 'visually-hidden'}>{name}</span>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="start" sideOffset={6} collisionPadding={8}>
            <DropdownMenu.Label className="menu-label">
              {name} on {me?.account}
            </DropdownMenu.Label>
            <DropdownMenu.Separator className="menu-separator" />
            <DropdownMenu.RadioGroup
              value={theme}
              onValueChange={(value) => {
                const chosen = THEMES.find(({ id }) => id === value)?.id ?? 'system';
                setTheme(chosen);
                chooseTheme(chosen);
              }}
            >
              {THEMES.map(({ id, label, Icon }) => (
                <DropdownMenu.RadioItem key={id} value={id} className="menu-item">
                  <Icon size={14} aria-hidden /> {label}
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
            <DropdownMenu.Separator className="menu-separator" />
            <DropdownMenu.Item className="menu-item" onSelect={() => void signOut.begin()}>
              <LogOut size={14} aria-hidden /> Sign out
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {signOut.going !== undefined && (
        <SignOutDialog going={signOut.going} onFinish={(runs) => void signOut.finish(runs)} onStay={signOut.stay} />
      )}
    </>
  );
}
