import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

/** The address by which browsers reach this server; undefined when nobody has told it. */
export type OriginOf = (request: Pick<FastifyRequest, 'protocol' | 'host' | 'hostname'>) => string | undefined;

/**
 * From the configuration. Without it only `localhost` is believed of what a request says of itself: any other name
 * could be one that an attacker sends.
 */
export const makeOriginOf =
  ({ origin }: Pick<Config, 'origin'>): OriginOf =>
  ({ protocol, host, hostname }) =>
    origin ?? (hostname === 'localhost' ? `${protocol}://${host}` : undefined);
