export { createSqliteStore } from './sqlite-store.ts';
export { HEAD_COLUMNS, headRow, text } from './sql-rows.ts';
