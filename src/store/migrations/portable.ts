import type { DatabaseKind } from '../database.ts';

/** The statements of a migration as this database wants them. */
export function portable(statements: string, kind: DatabaseKind): readonly string[] {
  return forDatabase(statements, kind)
    .split(/;\n(?! )/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
    .map((statement) => (kind === 'sqlite' ? inSqlite(statement) : statement));
}

function forDatabase(statements: string, kind: DatabaseKind): string {
  let here = true;
  const lines = statements.split('\n').filter((line) => {
    const mark = /^ *-- (sqlite|postgres|both)$/.exec(line)?.[1];
    if (mark !== undefined) here = mark === 'both' || mark === kind;
    return here && mark === undefined;
  });
  return lines.join('\n');
}

/**
 * STRICT holds SQLite to the declared types, as PostgreSQL is anyway; it knows fewer names for them. A table that is
 * marked clustered is one B-tree by its primary key instead of two, which halves the big ones.
 */
function inSqlite(statement: string): string {
  const renamed = statement
    .replaceAll(/\bbigint generated always as identity primary key\b/g, 'integer primary key autoincrement')
    .replaceAll(/\bbigint\b/g, 'integer');
  if (!/^create table\b/.test(renamed)) return renamed;
  return `${renamed} strict${renamed.includes('/* clustered */') ? ', without rowid' : ''}`;
}
