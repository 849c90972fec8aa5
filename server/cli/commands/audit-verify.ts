import { defineCommand } from 'citty';
import { verifyAudit } from '../../audit/verify.ts';
import { withContext } from '../context.ts';
import { auditWords } from '../words-audit.ts';

/** `smartasn audit verify`: exit code 1 when an entry was changed, removed or inserted; says which. */
export const auditVerify = defineCommand({
  meta: { name: 'verify', description: 'Check that the audit trail is whole' },
  run: () =>
    withContext(async ({ couch, config }, { locale }) => {
      const words = auditWords(locale);
      const { entries, chains, elsewhere, faults } = await verifyAudit(couch, config.data);
      for (const fault of faults) console.log(`✗ ${words.fault(fault)}`);
      if (elsewhere > 0) console.log(`! ${words.elsewhere(elsewhere)}`);
      console.log(faults.length ? words.broken(faults.length) : `✓ ${words.whole(entries, chains)}`);
      if (faults.length) process.exitCode = 1;
    })
});
