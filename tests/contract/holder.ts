import { openCouch } from '../../server/couch/index.ts';

/** A process that opens the embedded database of a folder and then waits to be killed. */
const couch = await openCouch({ couchUrl: undefined, data: String(process.argv[2]) });
await couch.provision('channel-held');
console.log('open');
process.stdin.resume();
