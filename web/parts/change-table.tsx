import { IconArrowRight } from '@tabler/icons-react';
import type { ReactElement, ReactNode } from 'react';
import type { ResultOf } from '../../src/contract/operations.ts';
import { valueText } from '../words/value-text.ts';
import classes from './change-table.module.css';

/** What changed in one service; the service is null for the tenant-environment itself. */
export type ServiceChange = ResultOf<'compareRevisions'>['services'][number];
type Field = ServiceChange['fields'][number];
type File = ServiceChange['files'][number];

export interface ChangeTableProps {
  readonly services: readonly ServiceChange[];
  /** What stands at the end of a file's line, such as a link to its texts. */
  readonly ofFile?: (file: File) => ReactNode;
  /** What stands below a file and its fields, such as its text. */
  readonly below?: (file: File) => ReactNode;
}

const changeWords: Readonly<Record<File['change'], string>> = {
  added: 'added',
  modified: 'changed',
  deleted: 'deleted',
  mode: 'mode changed',
};

function Value({ field, side }: { readonly field: Field; readonly side: 'before' | 'after' }): ReactElement {
  const text = valueText(field, side);
  if (text === undefined) return <span className={classes['absent']}>(absent)</span>;
  return (
    <span className={classes[side]} title={text}>
      {text}
    </span>
  );
}

function FieldRow({ field }: { readonly field: Field }): ReactElement {
  return (
    <tr>
      <td className={classes['field']} title={field.address}>
        {field.field}
      </td>
      <td>
        <div className={classes['values']}>
          <Value field={field} side="before" />
          <IconArrowRight size={13} aria-label="becomes" className={classes['arrow'] ?? ''} />
          <Value field={field} side="after" />
        </div>
      </td>
    </tr>
  );
}

function FileRows({
  file,
  fields,
  end,
  below,
}: {
  readonly file: File;
  readonly fields: readonly Field[];
  readonly end: ReactNode;
  readonly below: ReactNode;
}): ReactElement {
  return (
    <>
      <tr className={classes['file']}>
        <th scope="rowgroup" colSpan={2}>
          <span className={classes['path']}>{file.path}</span>{' '}
          <span className={classes['change']}>{changeWords[file.change]}</span> {end}
        </th>
      </tr>
      {fields.map((field) => (
        <FieldRow key={field.address} field={field} />
      ))}
      {below ? (
        <tr>
          <td colSpan={2} className={classes['below']}>
            {below}
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** What changes, service by service and file by file: first the fields, as `image.tag  v2.1.0 → v2.0.9`. */
export function ChangeTable({ services, ofFile, below }: ChangeTableProps): ReactElement {
  return (
    <div className={classes['changes']}>
      {services.map(({ service, files, fields }) => (
        <table key={service ?? ''} className={classes['table']}>
          <caption>{service ?? 'The tenant-environment itself'}</caption>
          <tbody>
            {files.map((file) => (
              <FileRows
                key={file.path}
                file={file}
                fields={fields.filter((field) => field.file === file.path)}
                end={ofFile?.(file)}
                below={below?.(file)}
              />
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}
