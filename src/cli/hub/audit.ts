import type { AddCommand } from '../program.ts';
import { addAuditExport } from './audit-export.ts';
import { addAuditCheckpoints, addAuditKey } from './audit-key.ts';
import { addAuditList } from './audit-list.ts';
import { addAuditVerify } from './audit-verify.ts';

/** `knowngood audit`: the log of a server, and the offline check of an export of it. */
export const addAudit: AddCommand = (program, context) => {
  const command = program
    .command('audit')
    .description('read and export the audit log of a server; verify an export, offline');
  for (const add of [addAuditList, addAuditExport, addAuditVerify, addAuditKey, addAuditCheckpoints])
    add(command, context);
};
