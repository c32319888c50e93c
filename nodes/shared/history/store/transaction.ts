import type { DatabaseSync } from 'node:sqlite';

/** Does all of `work` in a database or, where it throws, nothing of it. */
export function transaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // Some errors end the transaction by themselves.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
