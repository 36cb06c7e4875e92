import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { IconMenu2 } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { mainPages } from './pages.ts';
import classes from './shell.module.css';

/** The navigation where there is no room for it. */
export function NarrowMenu(): ReactElement {
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          className={classes['narrow'] ?? ''}
          aria-label="Pages"
          mr="xs"
        >
          <IconMenu2 size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {mainPages.map(({ to, word, icon: Icon }) => (
          <Menu.Item
            key={to}
            leftSection={<Icon size={16} aria-hidden />}
            onClick={() => void navigate({ to })}
          >
            {word}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
