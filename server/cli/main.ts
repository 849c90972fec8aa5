import { defineCommand, runMain } from 'citty';
import { account } from './commands/account.ts';
import { auditVerify } from './commands/audit-verify.ts';
import { certificate } from './commands/certificate.ts';
import { couchdbConfig } from './commands/couchdb-config.ts';
import { course } from './commands/course.ts';
import { doctor } from './commands/doctor.ts';
import { event } from './commands/event.ts';
import { kiosk } from './commands/kiosk.ts';
import { parcel } from './commands/parcel.ts';
import { seed } from './commands/seed.ts';
import { sessions } from './commands/sessions.ts';

const audit = defineCommand({
  meta: { name: 'audit', description: 'Who read or changed whose data' },
  subCommands: { verify: auditVerify }
});

const main = defineCommand({
  meta: { name: 'smartasn', description: 'Commands for operators of SmartASN' },
  subCommands: {
    account,
    audit,
    certificate,
    course,
    event,
    kiosk,
    parcel,
    seed,
    doctor,
    'couchdb-config': couchdbConfig,
    sessions
  }
});

// Who pipes the output into `head` has read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

await runMain(main);
