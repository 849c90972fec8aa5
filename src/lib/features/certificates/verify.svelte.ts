import type { CertificateStatus } from '$lib/domain/credentials/answers';
import { checkCredential, type Checked } from '$lib/domain/credentials/check';
import { readGiven } from '$lib/domain/credentials/given';
import { askCertificate, knownIssuer, refreshIssuer } from '$lib/sync/issuer';

/** What is said of what was given. `fresh`: the server was asked just now. */
export type Verdict =
  | { kind: 'nothing' }
  | { kind: 'number'; number: string; status: CertificateStatus }
  | { kind: 'number-no-signal'; number: string }
  | { kind: 'credential'; checked: Checked; fresh: boolean };

/** Checks certificates with what this device knows of the issuer, and asks the server meanwhile. */
export class Verifier {
  busy = $state(false);
  verdict = $state.raw<Verdict>();
  #asked = this.#refresh();
  #round = 0;

  /** Checks an address, a credential, a file's text or a number. */
  async check(text: string): Promise<void> {
    const round = ++this.#round;
    const say = (verdict: Verdict): void => {
      if (round === this.#round) this.verdict = verdict;
    };
    this.busy = true;
    const given = await readGiven(text);
    if (given.kind === 'nothing') say({ kind: 'nothing' });
    else if (given.kind === 'number') await this.#checkNumber(given.number, say);
    else await this.#checkCredential(given.jws, say);
    if (round === this.#round) this.busy = false;
  }

  async #checkNumber(number: string, say: (verdict: Verdict) => void): Promise<void> {
    try {
      say({ kind: 'number', number, status: await askCertificate(number) });
    } catch {
      say({ kind: 'number-no-signal', number });
    }
  }

  /** At once with what is known, and again when the server has told what it took back. */
  async #checkCredential(jws: string, say: (verdict: Verdict) => void): Promise<void> {
    const now = await checkCredential(jws, knownIssuer());
    if (now.kind !== 'unknown-issuer') say({ kind: 'credential', checked: now, fresh: false });
    const issuer = await this.#asked;
    this.#asked = this.#refresh();
    if (issuer) say({ kind: 'credential', checked: await checkCredential(jws, issuer), fresh: true });
    else say({ kind: 'credential', checked: now, fresh: false });
  }

  async #refresh() {
    return refreshIssuer().catch(() => undefined);
  }
}

/** What the address brings behind its hash, taken from there: it names a person, and addresses are kept in histories. */
export function takeFragment(): string | undefined {
  const { hash, pathname, search } = location;
  if (hash.length < 2) return undefined;
  history.replaceState(history.state, '', pathname + search);
  return hash.slice(1);
}
