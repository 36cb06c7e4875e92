import { Kbd, Modal, Table } from '@mantine/core';
import { Fragment, type ReactElement } from 'react';
import { commandKey } from './command-key.ts';
import { mainPages } from './pages.ts';

const rows: readonly (readonly [readonly string[], string])[] = [
  [
    [commandKey, 'K'],
    'Search pages and tenant-environments, or do something: roll back, release, promote, review',
  ],
  [['/'], 'Go to the filter of the page'],
  ...mainPages.map(({ key, word }) => [['g', key], `Go to ${word}`] as const),
  [['n'], 'Next change, where a text stands open'],
  [['p'], 'Previous change'],
  [['Esc'], 'Close what is open'],
  [['?'], 'This list'],
];

/** Every key that does something. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    <Modal opened onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Table withRowBorders={false}>
        <Table.Tbody>
          {rows.map(([keys, meaning]) => (
            <Table.Tr key={meaning}>
              <Table.Td w={90}>
                {keys.map((key) => (
                  <Fragment key={key}>
                    <Kbd size="sm">{key}</Kbd>{' '}
                  </Fragment>
                ))}
              </Table.Td>
              <Table.Td>{meaning}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
