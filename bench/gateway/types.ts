/** One round of all devices: what each sends. */
export interface Round {
  port: number;
  requests: { headers: Record<string, string>; body: string }[];
  /** Arrivals are spread evenly over this time, ms; 0: all at once. */
  spread: number;
}

/** What a device got; times in ms since 1970. */
export interface Answer {
  status: number;
  coding: string | undefined;
  bytes: number;
  /** As it travelled, base64. */
  body: string;
  began: number;
  /** When the first rows came: of a live answer to few rows all of them. */
  heard: number;
  ended: number;
}

export type Report = { kind: 'sent' } | { kind: 'answers'; answers: Answer[] } | { kind: 'failed'; reason: string };
