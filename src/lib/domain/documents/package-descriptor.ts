import * as v from 'valibot';
import { bytes, growing, line, sha256, text } from './fields.ts';

/** Media type of a package's descriptor. */
export const PACKAGE_TYPE = 'application/vnd.smartasn.package+json';

/** A file's place in the package: no `..`, no leading slash, no scheme. */
const path = v.pipe(
  line(500),
  v.check((name) => !/(^|\/)\.\.?(\/|$)|^\/|^[a-z]:|\\/i.test(name), 'The path leaves the package')
);

/** What is launched, one for a chapter (a "shareable content object", or a page that reports nothing). */
const sco = growing({
  id: line(100),
  title: line(300),
  /** Path of its first page. */
  launch: path,
  /** Query and fragment of its address: `?a=1#b`. */
  parameters: v.optional(text(1_000)),
  /** Whether it talks to the run-time at all. */
  reports: v.boolean(),
  /** Share of points that passes, 0 to 1. */
  masteryScore: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  /** Progress that completes it, 0 to 1 (SCORM 2004). */
  completionThreshold: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  /** Ids of what is to be learned, which the run-time knows from the start (SCORM 2004). */
  objectives: v.optional(v.pipe(v.array(line(1_000)), v.maxLength(500))),
  /** `cmi.launch_data`. */
  launchData: v.optional(text(4_000)),
  maxTime: v.optional(text(40)),
  timeLimitAction: v.optional(text(40))
});

/** The main file of a chapter of the form `package`: what is launched, and which content stands at which path. */
export const packageDescriptor = growing({
  version: v.literal(1),
  standard: v.picklist(['scorm12', 'scorm2004', 'html']),
  scos: v.pipe(v.array(sco), v.minLength(1), v.maxLength(2_000)),
  files: v.pipe(v.array(growing({ path, sha256, size: bytes, type: line(100) })), v.minLength(1), v.maxLength(20_000))
});

export type PackageDescriptor = v.InferOutput<typeof packageDescriptor>;
export type Sco = v.InferOutput<typeof sco>;
export type PackageFile = PackageDescriptor['files'][number];
