import type { Enrolment } from '../../../src/lib/domain/factor.ts';
import type { Role } from '../../access/table.ts';
import type { Audit } from '../../audit/index.ts';
import type { Confirmed, Factors } from '../../factor/factors.ts';
import type { Person } from '../../registry/types.ts';
import { Problem } from '../problem.ts';
import type { Failures } from '../sessions/failures.ts';
import { makeThrottle } from '../sessions/throttle.ts';

export interface SecondStepParts {
  factors: Factors;
  /** Roles whose accounts have to have a second factor. */
  required: ReadonlySet<Role>;
  audit: Audit;
  failures: Pick<Failures, 'failed'>;
}

/** What came with a password that was right. */
export interface Given {
  code?: string | undefined;
  ticket?: string | undefined;
}

export interface SecondStep {
  isRequired(person: Person): boolean;
  /**
   * Asks for the second factor of a person whose password was right; throws the problem that the app reads. Answers
   * recovery codes when the factor was switched on with this.
   * @param enrols whether one who must have a factor and has none is to make one now
   */
  pass(person: Person, given: Given, address: string, enrols?: boolean): Promise<string[] | undefined>;
  /** Switches on with the first code; throws as `pass` does. */
  confirm(person: Person, ticket: string, code: string, address: string): Promise<string[]>;
}

const LETS_IN: readonly Confirmed['kind'][] = ['app', 'recovery', 'on'];

const needed = (): Problem => new Problem(401, 'code-needed', 'The code of the second factor is missing.');
function refused(checked: Confirmed): Problem {
  if (checked.kind === 'clock')
    return new Problem(401, 'clock-wrong', 'The code is of another time.', undefined, { clock: checked.seconds });
  if (checked.kind === 'over') return new Problem(401, 'ticket-over', 'The enrolment is over; begin a new one.');
  return new Problem(401, 'wrong-factor', 'The code is wrong or was used.');
}
const required = (enrolment: Enrolment): Problem =>
  new Problem(401, 'factor-required', 'This account needs a second factor.', undefined, { enrolment });

export function makeSecondStep({ factors, required: roles, audit, failures }: SecondStepParts): SecondStep {
  // Apart from that of passwords: who knows the password has not earned more guesses of the code by it.
  const throttle = makeThrottle();
  const noted = (action: 'added-factor' | 'used-recovery-code', person: string): Promise<void> =>
    audit.record({ action, by: { person }, why: 'own-request', about: [person] });

  /** Counts a try. */
  async function tried<T extends Confirmed>(person: string, address: string, check: () => Promise<T>): Promise<T> {
    const wait = throttle.attempt(person, address);
    if (wait > 0) throw new Problem(429, 'too-many-tries', 'Too many wrong codes.', wait);
    const checked = await check();
    if (LETS_IN.some((kind) => kind === checked.kind)) throttle.succeeded(person, address);
    else {
      throttle.failed(person, address);
      if (checked.kind === 'wrong') failures.failed(person);
    }
    return checked;
  }

  const isRequired = ({ roles: held }: Person): boolean => held.some((role) => [...roles].some((one) => one === role));

  const confirm: SecondStep['confirm'] = async ({ id }, ticket, code, address) => {
    const checked = await tried(id, address, () => factors.confirm(id, ticket, code));
    if (checked.kind !== 'on') throw refused(checked);
    await noted('added-factor', id);
    return checked.recovery;
  };

  return {
    isRequired,
    confirm,
    async pass(person, { code, ticket }, address, enrols = true) {
      const { id } = person;
      if (!(await factors.of(id))) {
        if (!enrols || !isRequired(person)) return undefined;
        if (code === undefined || ticket === undefined) throw required(factors.begin(person));
        return confirm(person, ticket, code, address);
      }
      if (code === undefined) throw needed();
      const checked = await tried(id, address, () => factors.check(id, code));
      if (checked.kind !== 'app' && checked.kind !== 'recovery') throw refused(checked);
      if (checked.kind === 'recovery') await noted('used-recovery-code', id);
      return undefined;
    }
  };
}
