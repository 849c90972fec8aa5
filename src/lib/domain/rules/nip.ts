/** What the 18 digits of a NIP (PNS) or NI PPPK say. `kind` is a guess from digits 13–14; the record decides. */
export type Nip = {
  /** ISO date, `YYYY-MM-DD`. */
  birthDate: string;
  sex: 'laki-laki' | 'perempuan';
  /** The running number, three digits. */
  sequence: string;
} & (
  | { kind: 'PNS'; appointment: { year: number; month: number } }
  | { kind: 'PPPK'; appointment: { year: number; contract: number } }
);

const SHAPE = /^(\d{4})(\d{2})(\d{2})(\d{4})(\d{2})([12])(\d{3})$/;
const FIRST_CONTRACT = 21;
const YOUNGEST = 18;

/**
 * Reads a NIP, with or without the spaces of its display form (`19860926 201505 1 001`): date of birth, month of the
 * appointment as CPNS (PNS, Perka BKN 22/2007 and 43/2007) or year and number of the work contract (PPPK, numbered
 * from 21), sex (1 male, 2 female), running number. Undefined when the structure is broken, the date does not exist,
 * or the person was younger than 18 at the appointment; there is no check digit, and a NIP never proves who somebody
 * is.
 */
export function parseNip(nip: string): Nip | undefined {
  const match = SHAPE.exec(nip.replaceAll(' ', ''));
  if (!match) return undefined;
  const [, birthYear = '', birthMonth = '', birthDay = '', appointed = '', fifth = '', sexDigit, sequence = ''] = match;
  const birthDate = `${birthYear}-${birthMonth}-${birthDay}`;
  const birth = new Date(`${birthDate}T00:00:00Z`);
  if (Number.isNaN(birth.getTime()) || birth.toISOString().slice(0, 10) !== birthDate) return undefined;
  const year = Number(appointed);
  const number = Number(fifth);
  const sex = sexDigit === '1' ? 'laki-laki' : 'perempuan';
  const age = year - Number(birthYear);
  if (number >= FIRST_CONTRACT) {
    if (age < YOUNGEST) return undefined;
    return { kind: 'PPPK', birthDate, sex, sequence, appointment: { year, contract: number } };
  }
  if (number < 1 || number > 12) return undefined;
  const eighteenth = `${Number(birthYear) + YOUNGEST}-${birthMonth}-${birthDay}`;
  if (`${appointed}-${fifth}-01` < eighteenth) return undefined;
  return { kind: 'PNS', birthDate, sex, sequence, appointment: { year, month: number } };
}
