import { IconFlame, IconFlag, IconShieldLock, IconSnowflake, IconUserCheck } from '@tabler/icons-react';
import type { AuditFlag } from '../../../src/domain/audit/audit-entry.ts';
import type { Sign } from '../../parts/states.ts';

const signs: Readonly<Record<AuditFlag, Sign>> = {
  break_glass: { word: 'break-glass', tone: 'bad', icon: IconFlame },
  during_freeze: { word: 'during a freeze', tone: 'waiting', icon: IconSnowflake },
  self_approval: { word: 'self-approval', tone: 'waiting', icon: IconUserCheck },
  push_protected: { word: 'push protection', tone: 'waiting', icon: IconShieldLock },
};

/** What makes a row of the log stand out. */
export const flagWords = Object.keys(signs) as readonly AuditFlag[];

/** A flag as people see it; one that a newer server has keeps its own name. */
export const flagSign = (flag: string): Sign =>
  flagWords.includes(flag as AuditFlag)
    ? signs[flag as AuditFlag]
    : { word: flag, tone: 'waiting', icon: IconFlag };
