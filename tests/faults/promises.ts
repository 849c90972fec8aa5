import type { OwnDocument } from '$lib/domain/documents/index';
import { currentText } from '$lib/domain/merge/text-register';
import type { Ledger } from './ledger.ts';
import type { Own, Truth } from './truth.ts';
import type { World } from './world.ts';

/** Whether the server kept what the store promised: every acknowledged write is there, exactly once. */
export function brokenPromises(world: World, truth: Truth): string[] {
  const problems = [...truth.problems];
  for (const { id, type, person } of world.made) {
    const own = truth.own.get(person);
    const doc = own?.docs.get(id);
    if (!own) continue;
    if (!doc) problems.push(...vanished(world.ledger, own, id));
    else
      problems.push(
        ...world.ledger.missing(doc, world.ledger.kept(doc._id)),
        ...outdated(world.ledger, doc),
        ...misdelivered(truth, own, doc)
      );
    const isAlive = doc && !(doc.type === 'reaction' && doc.kind === null);
    if (!isAlive && type !== 'profile' && truth.delivered.has(id)) problems.push(`${id} is gone and still delivered`);
  }
  const known = new Set(world.made.map(({ id }) => id));
  for (const id of truth.delivered.keys()) if (!known.has(id)) problems.push(`${id} was delivered and never written`);
  return problems;
}

/** A document that is not there: nobody may have been promised it, unless somebody removed it later. */
function vanished(ledger: Ledger, own: Own, id: string): string[] {
  const kept = ledger.kept(id);
  if (!kept.length) return [];
  if (!ledger.isRemoved(id)) return [`${id} is not on the server`];
  const removedBy = own.graves.get(id);
  const newer = kept.filter(({ doc }) => removedBy !== undefined && doc.edit > removedBy);
  return newer.map(({ doc }) => `${id} was removed although edit ${doc.edit} is newer than ${removedBy}`);
}

/** The newest acknowledged word counts where words are not kept side by side, and a newer removal is heard. */
function outdated(ledger: Ledger, doc: OwnDocument): string[] {
  const problems: string[] = [];
  const tried = ledger.attempts.filter(({ id }) => id === doc._id);
  const newest = ledger
    .kept(doc._id)
    .map((attempt) => attempt.doc.edit)
    .sort()
    .at(-1);
  if (newest !== undefined && doc.edit < newest) problems.push(`${doc._id} is older than an acknowledged edit`);
  for (const removal of ledger.removals) {
    if (removal.id !== doc._id || !removal.acknowledged || removal.edit === undefined) continue;
    if (doc.edit < removal.edit) problems.push(`${doc._id} is there although a newer removal was acknowledged`);
  }
  const said = tried.find((attempt) => attempt.doc.edit === doc.edit)?.doc;
  if (doc.type === 'reaction' && said?.type === 'reaction' && said.kind !== doc.kind)
    problems.push(`${doc._id} says ${doc.kind} instead of ${said.kind}`);
  return problems;
}

/** The receipt speaks of this edit, and the copy in the channel says what the document says. */
function misdelivered(truth: Truth, { receipts }: Own, doc: OwnDocument): string[] {
  const receipt = receipts.get(doc._id);
  if (!receipt) return [`${doc._id} has no receipt`];
  if (receipt.edit !== doc.edit) return [`${doc._id}: the receipt is for edit ${receipt.edit}, not ${doc.edit}`];
  if (receipt.status === 'refused') {
    const isTrue = receipt.reason === 'no-such-target' && (doc.type === 'comment' || doc.type === 'reaction');
    return isTrue ? [] : [`${doc._id} was refused: ${receipt.reason}`];
  }
  const copy = truth.delivered.get(doc._id);
  if (doc.type === 'post' || doc.type === 'comment') {
    const text = copy?.type === 'post' || copy?.type === 'comment' ? copy.text : undefined;
    if (text !== currentText(doc.body)) return [`${doc._id}: its copy says ${text?.slice(0, 40)}`];
  }
  if (doc.type === 'reaction' && doc.kind !== null) {
    if (copy?.type !== 'reaction' || copy.kind !== doc.kind) return [`${doc._id}: its copy says something else`];
  }
  if (doc.type === 'profile' && !truth.directory.has(doc._id)) return [`${doc._id} is not in the directory`];
  return [];
}
