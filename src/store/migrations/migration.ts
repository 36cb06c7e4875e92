/** One step of the schema. Once released it is never edited: a later one corrects it. */
export interface Migration {
  readonly name: string;
  /**
   * SQL in PostgreSQL's words. A statement ends with `;` at the end of a line that no indented line follows. What
   * differs too much, triggers, is written twice: after a line `-- sqlite`, after a line `-- postgres`, and `-- both`
   * ends it.
   */
  readonly statements: string;
}
