import { beforeEach, expect, test } from 'vitest';
import { overwriteGetLocale } from '$lib/paraglide/runtime';
import { NoSpace } from '$lib/store/types';
import { SyncFailure } from '$lib/sync/failure';
import { MediaFailed } from '$lib/sync/media';
import { downloadWords } from './download-words';

beforeEach(() => overwriteGetLocale(() => 'id'));

test.each([
  ['a full disk', new NoSpace(), 'Ruang simpan penuh'],
  ['a damaged file', new MediaFailed('damaged', 'a'), 'rusak di jalan'],
  ['a file that the server does not have', new MediaFailed('missing', 'a'), 'tidak ada di server'],
  ['a lost signal', new SyncFailure('offline'), 'Unduhan terhenti'],
  ['anything else', new Error('?'), 'Unduhan terhenti']
])('%s is told as what it is', (_, error, words) => expect(downloadWords(error)).toContain(words));
