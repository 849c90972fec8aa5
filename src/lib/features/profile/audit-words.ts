import type { AuditItem } from '$lib/domain/audit';
import { m } from '$lib/paraglide/messages';

/** What happened, in words; a newer server may know more than this build. */
const ACTION_WORDS: Record<string, (about: { count: number }) => string> = {
  'signed-in': m.audit_signed_in,
  'signed-out': m.audit_signed_out,
  'failed-sign-in': m.audit_failed_sign_in,
  'opened-parcel': m.audit_opened_parcel,
  'read-sessions': m.audit_read_sessions,
  'ended-session': m.audit_ended_session,
  'reported-lost': m.audit_reported_lost,
  'added-passkey': m.audit_added_passkey,
  'removed-passkey': m.audit_removed_passkey,
  'refused-passkey': m.audit_refused_passkey,
  'added-factor': m.audit_added_factor,
  'removed-factor': m.audit_removed_factor,
  'renewed-recovery-codes': m.audit_renewed_recovery_codes,
  'used-recovery-code': m.audit_used_recovery_code,
  'read-profile': m.audit_read_profile,
  'read-audit': m.audit_read_audit,
  inspected: m.audit_inspected,
  'changed-password': m.audit_changed_password,
  'gave-recovery': m.audit_gave_recovery,
  recovered: m.audit_recovered,
  'revoked-certificate': m.audit_revoked_certificate
};

const WHY_WORDS: Record<string, () => string> = {
  colleague: m.audit_why_colleague,
  duty: m.audit_why_duty,
  supervision: m.audit_why_supervision,
  support: m.audit_why_support,
  'checked-card': m.audit_why_checked_card,
  'checked-meeting': m.audit_why_checked_meeting,
  'checked-call': m.audit_why_checked_call
};

const who = ({ kind, name }: AuditItem['by']): string => {
  if (kind === 'self') return m.audit_by_self();
  return kind === 'service' ? m.audit_by_operator() : (name ?? m.audit_by_somebody());
};

/** An entry as its person reads it: what happened, and who did it why. */
export const auditWords = ({ action, why, by, count = 1 }: AuditItem): { title: string; text: string } => ({
  title: (ACTION_WORDS[action] ?? m.audit_other)({ count }),
  text: [action === 'failed-sign-in' ? '' : who(by), WHY_WORDS[why]?.()].filter(Boolean).join(' · ')
});
