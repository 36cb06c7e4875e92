import { ActionIcon, Button, Kbd } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import { IconKeyboard, IconSearch } from '@tabler/icons-react';
import { type ReactElement, Suspense, lazy, useState } from 'react';
import { useConnection } from '../api/use-connection.ts';
import iconUrl from '../icon.svg';
import { Loading } from '../parts/loading.tsx';
import { BreakGlassBanner } from './break-glass-banner.tsx';
import { commandKey } from './command-key.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { NarrowMenu } from './narrow-menu.tsx';
import { mainPages } from './pages.ts';
import classes from './shell.module.css';
import { useKeys } from './use-keys.ts';
import { UserMenu } from './user-menu.tsx';
import { WaitingSign } from './waiting-sign.tsx';

const CommandPalette = lazy(() =>
  import('./command-palette.tsx').then((file) => ({ default: file.CommandPalette })),
);
const KeyHelp = lazy(() => import('./key-help.tsx').then((file) => ({ default: file.KeyHelp })));

type Dialog = 'palette' | 'help' | undefined;

function Navigation(): ReactElement {
  return (
    <nav className={classes['nav']} aria-label="Main">
      {mainPages.map(({ to, word, icon: Icon }) => (
        <Link key={to} to={to} className={classes['item'] ?? ''} activeOptions={{ exact: to === '/' }}>
          <Icon size={16} aria-hidden />
          {word}
        </Link>
      ))}
    </nav>
  );
}

function Header({ open }: { readonly open: (dialog: Dialog) => void }): ReactElement {
  return (
    <header className={classes['header']}>
      <NarrowMenu />
      <Link to="/" className={classes['brand'] ?? ''}>
        <img src={iconUrl} alt="" width={22} height={22} />
        Knowngood
      </Link>
      <Navigation />
      <div className={classes['space']} />
      <Button
        variant="default"
        className={classes['wide'] ?? ''}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={<Kbd size="xs">{commandKey} K</Kbd>}
        onClick={() => open('palette')}
      >
        Search
      </Button>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes['narrow'] ?? ''}
        aria-label="Search"
        onClick={() => open('palette')}
      >
        <IconSearch size={18} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={classes['wide'] ?? ''}
        aria-label="Keys"
        title="Keys (?)"
        onClick={() => open('help')}
      >
        <IconKeyboard size={18} aria-hidden />
      </ActionIcon>
      <UserMenu />
    </header>
  );
}

/** The frame of every page for people who are signed in. */
export function Shell(): ReactElement {
  const connection = useConnection();
  const [dialog, setDialog] = useState<Dialog>();
  const close = (): void => setDialog(undefined);
  useKeys({ onPalette: () => setDialog('palette'), onHelp: () => setDialog('help') });
  return (
    <div className={classes['frame']}>
      <a href="#content" className={classes['skip']}>
        Skip to the page
      </a>
      <Header open={setDialog} />
      <ConnectionBanner connection={connection} />
      <BreakGlassBanner />
      <main id="content" className={classes['main']} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <WaitingSign />
      <Suspense>
        {dialog === 'palette' ? <CommandPalette onClose={close} /> : null}
        {dialog === 'help' ? <KeyHelp onClose={close} /> : null}
      </Suspense>
    </div>
  );
}
