import { defineCommand } from 'citty';
import { formatRecovery } from '../../../src/lib/domain/recovery.ts';
import { openRecoveryCodes } from '../../gateway/sessions/recovery-codes.ts';
import { openRegistry } from '../../registry/index.ts';
import { accountWords } from '../account/words.ts';
import { Refused, withContext } from '../context.ts';

const recover = defineCommand({
  meta: { name: 'recover', description: 'Make a code with which a person chooses a new password' },
  args: { account: { type: 'positional', required: true, description: 'account of the person' } },
  run: ({ args: { account } }) =>
    withContext(async ({ couch, note }, general) => {
      const words = accountWords(general.locale);
      const found = await openRegistry(couch).byAccount(account);
      if (!found) throw new Refused(words.noAccount(account));
      const { id, name } = found.person;
      await note({ action: 'gave-recovery', about: [id] });
      const { code } = await openRecoveryCodes(couch).give(id);
      console.log(words.code(name, formatRecovery(code)));
    })
});

/** `smartasn account recover`: the way back in for whom no officer may help, administrators above all. */
export const account = defineCommand({
  meta: { name: 'account', description: 'Accounts of persons' },
  subCommands: { recover }
});
