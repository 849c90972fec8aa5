/**
 * Rewrites a package's scripts so that they can run away from their address. What a script says about `location` and
 * `top` cannot be overridden in a browser, so these names are read as `__location` and `__top`, and as `.__$location` and
 * `.__$top` where they are asked of an object; the realm defines them (realm-address.ts); code given to `eval` passes through here again; modules find each other by `module`.
 */
export interface ScriptWorld {
  /** The address of a module that a script imports. */
  module?: (specifier: string) => string;
  /** The script's own address, for what it imports later. */
  address?: string;
}

const NEEDED = /\b(?:location|top|eval|import)\b/;

const TOKEN =
  /(\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<!--[^\n]*)|([A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*)|(\.?\d[\w.]*)|("[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"?|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'?)|(\?\.(?!\d)|\.\.\.|=>|[\s\S])/y;
const REGEX = /\/(?![/*])(?:[^\\/[\n]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/[a-z]*/y;
const AHEAD = /(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*(=>|==|[\s\S]?)/y;
const TEMPLATE = /[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*(`|\$\{|$)/y;

const BEFORE_REGEX = new Set(
  'return typeof case in of delete void instanceof new throw do else yield await'.split(' ')
);
const CONDITIONS = new Set(['if', 'while', 'for', 'with']);
/** After these a brace begins an object or a pattern, not a block. */
const BEFORE_OBJECT = new Set('( , = : [ ? & | ! + ... return let const var import export default'.split(' '));
const WINDOWS = /^(?:window|self|parent|top|opener|globalThis|frames|defaultView|w|.*win|.*window)$/i;

/** What a bracket is: how it closes, and what it means for what stands in it. */
interface Bracket {
  kind: 'group' | 'condition' | 'object' | 'block' | 'class' | 'template' | 'list' | 'key';
  close: string;
}

export function rewriteScript(code: string, world: ScriptWorld = {}): string {
  return NEEDED.test(code) ? new Rewriter(code, world).run() : code;
}

class Rewriter {
  readonly #code: string;
  readonly #world: ScriptWorld;
  readonly #brackets: Bracket[] = [];
  readonly #own: Set<string>;
  #at = 0;
  #out = '';
  /** The last three tokens that count, the newest first. */
  #previous = ['', '', ''];
  #value = false;
  /** Whether the next brace begins the body of a class. */
  #class = false;

  constructor(code: string, world: ScriptWorld) {
    this.#code = code;
    this.#world = world;
    this.#own = new Set([...code.matchAll(/\bfunction\s+(top|location)\b/g)].map(([, name = '']) => name));
  }

  run(): string {
    while (this.#at < this.#code.length) this.#step();
    return this.#out;
  }

  #step(): void {
    const character = this.#code[this.#at];
    if (character === '/' && !this.#value && this.#match(REGEX) !== undefined) return this.#take('/re/', true);
    const [, space, word, number, string, mark = ''] = this.#exec(TOKEN) ?? [];
    if (space !== undefined) this.#out += space;
    else if (word !== undefined) this.#word(word);
    else if (number !== undefined) this.#emit(number, number, true);
    else if (string !== undefined) this.#string(string);
    else if (mark === '`') this.#template('`');
    else this.#mark(mark);
  }

  #word(word: string): void {
    const [before = ''] = this.#previous;
    const member = before === '.' || before === '?.';
    let written = word;
    if (word === 'class' && !member) this.#class = true;
    if (word === 'location' || word === 'top') written = this.#name(word, member);
    else if (word === 'import' && !member && !this.#declares(before)) written = this.#import();
    const opened = written.endsWith(', ');
    this.#emit(opened ? '(' : word, written, !opened && (!BEFORE_REGEX.has(word) || member));
  }

  /** `location` and `top`, where they can mean the window's. */
  #name(word: 'location' | 'top', member: boolean): string {
    const [before = '', holder = ''] = this.#previous;
    const next = this.#ahead();
    if (next === '(') return word;
    if (member) return word === 'location' || WINDOWS.test(holder) ? `__$${word}` : word;
    if (this.#own.has(word) || before === 'function' || before === 'break' || before === 'continue') return word;
    // A field of a class is a name like any other.
    if (this.#brackets.at(-1)?.kind === 'class' && /^(?:[{};]|static)$/.test(before)) return word;
    const starts = before === '{' || before === ',';
    if (next === ':' && before !== '?' && (starts || before === '' || before === ';' || before === '}')) return word;
    const shorthand = starts && this.#brackets.at(-1)?.kind === 'object' && /^(?:[},=]|)$/.test(next);
    return shorthand ? `${word}: __${word}` : `__${word}`;
  }

  /** Whether a name after this token is a method's, in a class or an object. */
  #declares(before: string): boolean {
    const kind = this.#brackets.at(-1)?.kind;
    return (kind === 'class' || kind === 'object') && /^(?:[{},;*]|static|async|get|set)$/.test(before);
  }

  #import(): string {
    const address = JSON.stringify(this.#world.address ?? '');
    if (this.#match(/\.meta\.url\b/y)) {
      this.#exec(/\.meta\.url\b/y);
      return address;
    }
    if (this.#ahead() !== '(') return 'import';
    this.#exec(/\s*\(/y);
    this.#brackets.push({ kind: 'group', close: '))' });
    return `import(__module(${address}, `;
  }

  #string(string: string): void {
    const [before = '', holder = ''] = this.#previous;
    const name = string.slice(1, -1);
    const key = before === '[' && this.#brackets.at(-1)?.kind === 'key' && this.#ahead() === ']';
    let written = string;
    if (key && name === 'location') written = "'__$location'";
    else if (key && name === 'top' && WINDOWS.test(holder)) written = "'__$top'";
    else if ((before === 'from' || before === 'import') && this.#world.module)
      written = JSON.stringify(this.#world.module(name));
    this.#emit('""', written, true);
  }

  /** @param opening what begins the stretch of text: a backtick, or the brace that ends an expression in it */
  #template(opening: string): void {
    TEMPLATE.lastIndex = this.#at;
    const [text = '', end] = TEMPLATE.exec(this.#code) ?? [];
    this.#at += text.length;
    this.#out += opening + text;
    if (end === '${') this.#brackets.push({ kind: 'template', close: '}' });
    this.#remember(end === '${' ? '${' : '``', end !== '${');
  }

  #mark(mark: string): void {
    const [before = '', earlier = ''] = this.#previous;
    if (mark === '(') {
      const member = earlier === '.' || earlier === '?.';
      const evaluates =
        before === 'eval' &&
        earlier !== 'function' &&
        !this.#declares(earlier) &&
        (!member || WINDOWS.test(this.#previous[2] ?? ''));
      this.#brackets.push({ kind: CONDITIONS.has(before) ? 'condition' : 'group', close: evaluates ? '))' : ')' });
      this.#emit('(', evaluates ? '(__script(' : '(', false);
    } else if (mark === '[') {
      this.#brackets.push({ kind: this.#value ? 'key' : 'list', close: ']' });
      // What holds the key stays known for `window['top']`.
      this.#out += '[';
      this.#previous = ['[', before, earlier];
      this.#value = false;
    } else if (mark === '{') {
      this.#brackets.push({ kind: this.#class ? 'class' : BEFORE_OBJECT.has(before) ? 'object' : 'block', close: '}' });
      this.#class = false;
      this.#emit('{', '{', false);
    } else if (mark === ')' || mark === ']' || mark === '}') this.#close(mark);
    else this.#emit(mark, mark, false);
  }

  #close(mark: string): void {
    const bracket = this.#brackets.pop();
    if (bracket?.kind === 'template' && mark === '}') return this.#template('}');
    const written = mark === ')' && bracket?.close === '))' ? '))' : mark;
    // After a block a slash begins an expression, after what has a value it divides.
    this.#emit(
      mark,
      written,
      mark === ')' ? bracket?.kind !== 'condition' : mark === ']' || bracket?.kind === 'object'
    );
  }

  #take(token: string, value: boolean): void {
    this.#out += this.#exec(REGEX)?.[0] ?? '';
    this.#remember(token, value);
  }

  #emit(token: string, written: string, value: boolean): void {
    this.#out += written;
    this.#remember(token, value);
  }

  #remember(token: string, value: boolean): void {
    this.#previous = [token, this.#previous[0] ?? '', this.#previous[1] ?? ''];
    this.#value = value;
  }

  #exec(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#code) ?? undefined;
    if (found) this.#at += found[0].length;
    return found;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#code)?.[0];
  }

  /** The next mark that counts. */
  #ahead(): string {
    AHEAD.lastIndex = this.#at;
    return AHEAD.exec(this.#code)?.[1] ?? '';
  }
}
