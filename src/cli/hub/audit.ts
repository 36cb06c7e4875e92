import type { AddCommand } from '../program.ts';
import { addAuditVerify } from './audit-verify.ts';

/** `knowngood audit`: the log of a server, and the offline check of an export of it. */
export const addAudit: AddCommand = (program, context) => {
  const command = program.command('audit').description('verify an export of the audit log, offline');
  addAuditVerify(command, context);
};
