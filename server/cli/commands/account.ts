import { defineCommand } from 'citty';
import { formatRecovery } from '../../../src/lib/domain/recovery.ts';
import { openFactors } from '../../factor/factors.ts';
import { openSeal } from '../../factor/seal.ts';
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

const factorReset = defineCommand({
  meta: { name: 'factor-reset', description: 'Remove the second factor of a person who lost phone and recovery codes' },
  args: { account: { type: 'positional', required: true, description: 'account of the person' } },
  run: ({ args: { account } }) =>
    withContext(async ({ config, couch, note }, general) => {
      const words = accountWords(general.locale);
      const found = await openRegistry(couch).byAccount(account);
      if (!found) throw new Refused(words.noAccount(account));
      const { id, name } = found.person;
      const factors = openFactors(couch, await openSeal(config.data));
      if (!(await factors.of(id))) throw new Refused(words.noFactor(name));
      await note({ action: 'removed-factor', about: [id] });
      await factors.remove(id);
      console.log(words.factorGone(name));
    })
});

/** `smartasn account`: the way back in for whom no officer may help, administrators above all. */
export const account = defineCommand({
  meta: { name: 'account', description: 'Accounts of persons' },
  subCommands: { recover, 'factor-reset': factorReset }
});
