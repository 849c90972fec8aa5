import type { Device } from '$lib/domain/api';
import { ago, date } from '$lib/ui';
import { m } from '$lib/paraglide/messages';

/** "Chrome di Android". */
export function deviceName({ browser, system, kiosk }: Device): string {
  if (kiosk) return m.devices_kiosk({ name: kiosk });
  if (browser && system) return m.devices_name({ browser, system });
  return browser ?? system ?? m.devices_unknown();
}

/** When it came and when it was last here; for a lost one, whether it knows. */
export function deviceState({ createdAt, usedAt, current, lostAt, toldAt, destroyedAt }: Device): string {
  if (destroyedAt) return m.devices_lost_destroyed({ at: ago(destroyedAt) });
  if (toldAt) return m.devices_lost_told({ at: ago(toldAt) });
  if (lostAt) return m.devices_lost({ at: ago(lostAt) });
  return current
    ? m.devices_current_since({ at: date(createdAt) })
    : m.devices_used({ first: date(createdAt), last: ago(usedAt) });
}
