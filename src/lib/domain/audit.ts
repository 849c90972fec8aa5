import * as v from 'valibot';
import { line, timestamp, uuid } from './documents/fields.ts';

/**
 * What the audit trail tells about a person's data, as `GET /api/audit/me` and `GET /api/audit` answer it. Words that a
 * newer server uses for `action` and `why` are passed over by the app.
 */

export const ACTIONS = [
  'signed-in',
  'signed-out',
  'failed-sign-in',
  'opened-parcel',
  'read-sessions',
  'ended-session',
  'reported-lost',
  'added-passkey',
  'removed-passkey',
  'refused-passkey',
  'added-factor',
  'removed-factor',
  'renewed-recovery-codes',
  'used-recovery-code',
  'read-profile',
  'read-office',
  'read-audit',
  'inspected',
  'repaired',
  'published',
  'withdrawn',
  'restored-course',
  'added-kiosk',
  'removed-kiosk',
  'changed-password',
  'gave-recovery',
  'recovered',
  'revoked-certificate',
  'renewed-issuer-key'
] as const;
export type Action = (typeof ACTIONS)[number];

export const WHYS = [
  'own-request',
  'colleague',
  'duty',
  'supervision',
  'support',
  'protection',
  'checked-card',
  'checked-meeting',
  'checked-call'
] as const;
export type Why = (typeof WHYS)[number];

export const auditItem = v.object({
  id: line(100),
  at: timestamp,
  action: line(60),
  why: line(60),
  /** Who did it: the person herself, somebody by name, or the server for an operator. */
  by: v.object({ kind: v.picklist(['self', 'person', 'service']), name: v.optional(line(200)) }),
  /** How often, or how many. */
  count: v.optional(v.number()),
  /** Whose data; only for auditors. */
  about: v.optional(v.array(uuid)),
  /** A database or document; only for auditors. */
  what: v.optional(line(200))
});

/** Newest first; `next` is the `before` of the following page. */
export const auditPage = v.object({ entries: v.array(auditItem), next: v.optional(line(100)) });

export type AuditItem = v.InferOutput<typeof auditItem>;
export type AuditPage = v.InferOutput<typeof auditPage>;
