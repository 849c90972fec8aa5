const ADDRESS =
  /(url\(\s*)("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^)"'\s]*)(\s*\))|(@import\s+)("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|\/\*[\s\S]*?\*\//gi;

/** Rewrites every address in a style sheet. `place` answers undefined for what stays as it is. */
export const rewriteStyle = (css: string, place: (reference: string, sheet: boolean) => string | undefined): string =>
  css.replace(ADDRESS, (all: string, open?: string, quoted = '', close = '', rule?: string, name = '', at = 0) => {
    if (open === undefined && rule === undefined) return all;
    const reference = unquote(rule === undefined ? quoted : name);
    const sheet = rule !== undefined || /@import\s+$/i.test(css.slice(Math.max(0, at - 20), at));
    const found = reference === '' || reference.startsWith('#') ? undefined : place(reference, sheet);
    if (found === undefined) return all;
    return rule === undefined ? `${open ?? ''}"${found}"${close}` : `${rule}"${found}"`;
  });

const unquote = (text: string): string =>
  (/^["']/.test(text) ? text.slice(1, -1) : text)
    .replace(/\\([0-9a-f]{1,6}) ?|\\(.)/gi, (_, code?: string, plain = '') =>
      code === undefined ? String(plain) : String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff))
    )
    .trim();
