import type { Membership, PersonRecord, ChannelLink } from '../../src/lib/domain/documents/record.ts';

/** A person as the server knows her: the author of delivered documents and the holder of roles. */
export interface Person {
  id: string;
  account: string;
  name: string;
  position: string;
  unit: string;
  agency: string;
  roles: Membership['roles'];
  channels: ChannelLink[];
  record: PersonRecord['fields'];
}

export interface Registry {
  /** The person of an account name (trimmed, lower case) with the scrypt hash of her password. */
  byAccount(account: string): Promise<{ person: Person; passwordHash: string } | undefined>;
  person(id: string): Promise<Person | undefined>;
  /** Those of these persons that are known, read at once. */
  persons(ids: string[]): Promise<Map<string, Person>>;
  /** Replaces the password of a person's account; false when she has none. */
  setPassword(person: Pick<Person, 'account'>, passwordHash: string): Promise<boolean>;
  /** Writes persons and accounts. The channels of courses that a person was in before stay hers. */
  addPersons(persons: { person: Person; passwordHash: string }[]): Promise<void>;
  /**
   * Changes what a person belongs to, from what it is now; `change` may run again when somebody else was faster. Answers
   * the person as she is afterwards.
   */
  changeChannels(id: string, change: (before: ChannelLink[]) => ChannelLink[]): Promise<Person | undefined>;
  /** Provisions `person-<id>` and writes record and membership into it; harmless when repeated. */
  openPersonDatabase(person: Person): Promise<void>;
}
