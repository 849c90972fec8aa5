import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';

/** What CouchDB answers. Its body is read once, or discarded. */
export class Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly stream: Readable;

  constructor(status: number, headers: IncomingHttpHeaders, stream: Readable) {
    this.status = status;
    this.headers = headers;
    this.stream = stream;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  /** The whole body; rejects when the connection ends before it does. */
  text(): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = '';
      this.stream
        .setEncoding('utf8')
        .on('data', (piece: string) => (text += piece))
        .on('end', () => resolve(text))
        .on('error', reject);
    });
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  /** Gives up the body, and its connection. */
  discard(): void {
    this.stream.destroy();
  }
}
