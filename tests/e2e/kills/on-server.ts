import { personDatabase } from '../../../src/lib/domain/databases.ts';
import { docId, receiptId } from '../../../src/lib/domain/ids.ts';
import { currentText } from '../../../src/lib/domain/merge/text-register.ts';
import type { OwnPost } from '../../../src/lib/domain/documents/post.ts';
import type { DirectoryProfile, OwnProfile } from '../../../src/lib/domain/documents/profile.ts';
import { copiesOf, documentsIn, type Row } from '../support/database.ts';
import type { Ledger } from './ledger.ts';

const isFirst = ({ _rev }: Row): boolean => _rev.startsWith('1-');

/** Everything in which the server differs from what the screen acknowledged; sentences, empty when all is well. */
export async function faultsOnServer(data: string, person: string, ledger: Ledger): Promise<string[]> {
  const [own, copies, directory] = await Promise.all([
    documentsIn(data, personDatabase(person)),
    copiesOf(data, person, 'channel-'),
    copiesOf(data, person, 'directory-')
  ]);
  const byId = new Map(own.map((doc) => [doc._id, doc]));
  const posts = own.filter(({ type }) => type === 'post') as (Row & OwnPost)[];
  return [
    ...postFaults(ledger, posts, copies),
    ...posts.flatMap((post) => receiptFaults(post, byId.get(receiptId(post._id)))),
    ...likeFaults(ledger, posts, copies),
    ...skillFaults(ledger, byId.get(docId('profile', person)), directory)
  ];
}

/** Each post once in her database and once in one channel, written there once. */
function postFaults({ posts }: Ledger, own: (Row & OwnPost)[], copies: Row[]): string[] {
  const delivered = copies.filter(({ type }) => type === 'post');
  return [...posts].flatMap(([text, acknowledged]) => {
    const mine = own.filter(({ body }) => currentText(body) === text);
    const theirs = delivered.filter((copy) => copy.text === text);
    if (mine.length > 1 || theirs.length > 1) return [`“${text}”: ${mine.length} written, ${theirs.length} delivered`];
    if (theirs.length < (acknowledged ? 1 : mine.length)) return [`“${text}”: not delivered`];
    if (theirs[0]?._id !== mine[0]?._id) return [`“${text}”: delivered as another document`];
    return theirs.every(isFirst) ? [] : [`“${text}”: delivered again`];
  });
}

function receiptFaults(post: Row & OwnPost, receipt: Row | undefined): string[] {
  if (!receipt) return [`${post._id}: no receipt`];
  const isTrue = receipt.status === 'delivered' && receipt.edit === post.edit && isFirst(receipt);
  return isTrue ? [] : [`${receipt._id}: ${String(receipt.status)}, revision ${receipt._rev}`];
}

function likeFaults({ likes }: Ledger, own: (Row & OwnPost)[], copies: Row[]): string[] {
  return [...likes].flatMap(([text, register]) => {
    const post = own.find(({ body }) => currentText(body) === text);
    const found = copies.filter((copy) => copy.type === 'reaction' && copy.post === post?._id);
    return found.length <= 1 && register.allows(found.length === 1) ? [] : [`“${text}”: liked ${found.length} times`];
  });
}

function skillFaults({ skills }: Ledger, own: Row | undefined, directory: Row[]): string[] {
  const register = (own as (Row & OwnProfile) | undefined)?.fields.skills;
  const said = register ? currentText(register) : '';
  const shown = (directory as (Row & DirectoryProfile)[]).map(({ fields }) => fields.skills ?? '');
  return [
    ...(skills.allows(said) && (register?.versions.length ?? 1) === 1 ? [] : [`skills: “${said}” in her database`]),
    ...(shown.length <= 1 && shown.every((text) => text === said)
      ? []
      : [`skills: “${shown.join('”, “')}” in the directory`])
  ];
}
