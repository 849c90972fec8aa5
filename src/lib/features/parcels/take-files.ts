import { PARCEL_LIMIT, type Bytes } from '$lib/domain/parcel/layout';
import { isReply } from '$lib/domain/parcel/reply';
import { when } from '$lib/ui';
import { m } from '$lib/paraglide/messages';
import type { Open } from '../session/states';
import { carryParcels, loadParcels } from './carrier.svelte';

/** What a person is told about the files that she gave the app. */
interface Told {
  words: string[];
  parcels: number;
}

/** News for whoever sits here are taken in; everybody else's parcels are kept first, so that who brought one may leave. */
async function take(file: File, open: Open | undefined, told: Told): Promise<void> {
  const { keepParcel, NoParcel } = await loadParcels();
  try {
    if (file.size > PARCEL_LIMIT) throw new NoParcel('too-large');
    const bytes: Bytes = new Uint8Array(await file.arrayBuffer());
    if (isReply(bytes)) return void told.words.push(await receive(file.name, bytes, open));
    await keepParcel(bytes);
    told.parcels += 1;
  } catch (error) {
    told.words.push(error instanceof NoParcel ? m.parcel_file_wrong({ name: file.name }) : m.error_no_space());
  }
}

async function receive(name: string, bytes: Bytes, open: Open | undefined): Promise<string> {
  if (!open) return m.parcel_back_locked({ name });
  const { receiveReply, ReplyRefused } = await (await loadParcels()).loadReceiving();
  try {
    const brought = await receiveReply(open.store, bytes);
    if (brought.state === 'old') return m.parcel_back_old({ name });
    open.sync.freshened();
    const { at, rows, isWhole } = brought;
    const time = when(at);
    const words = rows ? m.parcel_back_taken({ time, count: rows }) : m.parcel_back_none({ time });
    return isWhole ? words : `${words} ${m.parcel_back_more()}`;
  } catch (error) {
    if (!(error instanceof ReplyRefused)) throw error;
    if (error.reason === 'foreign') return m.parcel_back_foreign({ name });
    return error.reason === 'newer' ? m.parcel_back_newer({ name }) : m.parcel_back_damaged({ name });
  }
}

/** Takes in files of parcels and of news, and says what became of them. */
export async function takeFiles(files: Iterable<File>, open: Open | undefined): Promise<string> {
  const told: Told = { words: [], parcels: 0 };
  for (const file of files) await take(file, open, told);
  if (told.parcels) told.words.push(m.parcel_taken({ count: told.parcels }));
  await carryParcels();
  return told.words.join(' ');
}
