/** What the database process tells the server that started it, as one line on its standard output. */
export type Ready = { port: number } | { error: string; locked?: boolean };

export const ready = (message: Ready): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

/** The message of a line, or undefined when the line is something else. */
export function parseReady(line: string): Ready | undefined {
  try {
    const value = JSON.parse(line) as Record<string, unknown>;
    if (typeof value.port === 'number') return { port: value.port };
    if (typeof value.error === 'string') return { error: value.error, locked: value.locked === true };
    return undefined;
  } catch {
    return undefined;
  }
}
