// Erases a person and is killed on the way. Arguments: the data folder, the person, where to die.
import { readFileSync } from 'node:fs';

import { openSubjectKeys, type AuditLog } from '../../../src/audit/index.ts';
import { openApp } from '../../../src/app/index.ts';

const [dataDir = '', subject = '', place = ''] = process.argv.slice(2);
const die = async (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};
const app = await openApp({ environment: {}, workingDirectory: dataDir, overrides: { dataDir } });
const { log, paths } = await app.audit.open();
const master = Buffer.from(readFileSync(paths.masterKey, 'utf8').trim(), 'hex');
const dying: AuditLog = {
  ...log,
  ...(place === 'before-scrub' ? { database: { ...log.database, scrub: die } } : {}),
  ...(place === 'before-commit'
    ? {
        write: async (work: Parameters<AuditLog['write']>[0]) =>
          log.write(async (writer) => {
            await work(writer);
            return die();
          }),
      }
    : {}),
};
await openSubjectKeys(dying, master).erase(subject, {
  id: 'officer',
  kind: 'person',
  authenticated: true,
});
