/** A file that cannot be had as it should be: `damaged` even when fetched again, or `missing` on the server. */
export class MediaFailed extends Error {
  readonly reason: 'damaged' | 'missing';

  constructor(reason: MediaFailed['reason'], sha256: string) {
    super(`media ${reason}: ${sha256}`);
    this.reason = reason;
  }
}
