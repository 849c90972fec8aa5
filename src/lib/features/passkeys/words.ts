import type { Passkey } from '$lib/domain/passkeys';
import { ago, date } from '$lib/ui';
import { PasskeyRefused } from '$lib/vault/types';
import { m } from '$lib/paraglide/messages';
import { NoAnswer } from './answer';

/** "Ponsel", or else where it was made: "Chrome di Android". */
export function passkeyName({ name, browser, system }: Passkey): string {
  if (name) return name;
  return browser && system ? m.devices_name({ browser, system }) : (browser ?? system ?? m.passkey_title());
}

/** When it was made and used last, and whether it is on other devices as well. */
export function passkeyState({ createdAt, usedAt, synced }: Passkey): string {
  const first = date(createdAt);
  const used = usedAt ? m.passkey_used({ first, last: ago(usedAt) }) : m.passkey_unused({ first });
  return synced ? `${used} · ${m.passkey_synced()}` : used;
}

/** What the browser or the passkey said; undefined when it was something else that went wrong. */
export function ceremonyWords(reason: unknown): string | undefined {
  if (reason instanceof NoAnswer) return m.passkey_no_answer();
  if (reason instanceof PasskeyRefused) return m.passkey_refused();
  const name = reason instanceof Error || reason instanceof DOMException ? reason.name : '';
  if (name === 'InvalidStateError') return m.passkey_here_already();
  return ['NotAllowedError', 'AbortError', 'NotSupportedError', 'SecurityError'].includes(name)
    ? m.passkey_not_used()
    : undefined;
}
